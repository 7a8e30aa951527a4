package org.visionfashion.metrics;

import java.util.stream.IntStream;

/** Counts, block by block of the scores, what stands before the targets of some queries. */
final class TargetSearch {

  /** Whether a candidate is right for a query. */
  @FunctionalInterface
  interface Right {
    boolean test(int query, int candidate);
  }

  private final Targets targets;
  private final Right right;
  private final int[] queries;
  private final RankCounts counts;

  /**
   * Begins a search.
   *
   * @param right a tie with another right candidate is none
   * @param queries to count for, in order
   */
  TargetSearch(Targets targets, Right right, int[] queries) {
    this.targets = targets;
    this.right = right;
    this.queries = queries;
    this.counts = RankCounts.zero(targets.index_Q().length);
  }

  /** Those counted for. */
  int[] queries() {
    return queries;
  }

  /** What was counted; 0 for all other queries. */
  RankCounts counts() {
    return counts;
  }

  /** Queries {@code from} and on with their scores for all candidates, a row each. */
  void candidates(int from, float[][] score_BN) {
    IntStream.of(queries)
        .filter(query -> query >= from && query < from + score_BN.length)
        .forEach(query -> countCandidates(query, score_BN[query - from]));
  }

  private void countCandidates(int query, float[] score_N) {
    float target = targets.score_Q()[query];
    int above = 0;
    for (float other : score_N) {
      above += other > target ? 1 : 0;
    }
    counts.above_N()[query] = above;
    for (int candidate = 0; candidate < score_N.length; candidate++) {
      if (score_N[candidate] == target) {
        countTie(query, candidate, counts);
      }
    }
  }

  /** Candidates {@code from} and on with their scores for all queries, a row each. */
  void queries(int from, float[][] score_BN) {
    if (queries.length == 0) {
      return;
    }
    RankCounts block = RankCounts.zero(targets.index_Q().length);
    for (int b = 0; b < score_BN.length; b++) {
      countQueries(from + b, score_BN[b], block);
    }
    synchronized (counts) {
      counts.add(block);
    }
  }

  private void countQueries(int candidate, float[] score_N, RankCounts block) {
    float[] target_Q = targets.score_Q();
    int[] above_N = block.above_N();
    for (int query : queries) {
      above_N[query] += score_N[query] > target_Q[query] ? 1 : 0;
    }
    for (int query : queries) {
      if (score_N[query] == target_Q[query]) {
        countTie(query, candidate, block);
      }
    }
  }

  private void countTie(int query, int candidate, RankCounts into) {
    if (!right.test(query, candidate)) {
      into.tied_N()[query]++;
      into.tiedBefore_N()[query] += candidate < targets.index_Q()[query] ? 1 : 0;
    }
  }
}
