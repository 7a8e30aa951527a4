package org.visionfashion.metrics;

import java.util.stream.IntStream;

/** Counts, block by block of the scores, what stands before the targets of some queries. */
final class TargetSearch {

  private final Targets targets;
  private final int[] group_N;
  private final int[] queries;
  private final RankCounts counts;

  /**
   * Begins a search.
   *
   * @param group_N a tie within the query's group is none
   * @param queries to count for, in order
   */
  TargetSearch(Targets targets, int[] group_N, int[] queries) {
    this.targets = targets;
    this.group_N = group_N;
    this.queries = queries;
    this.counts = RankCounts.zero(group_N.length);
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
    float target = targets.score_N()[query];
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
    RankCounts block = RankCounts.zero(group_N.length);
    for (int b = 0; b < score_BN.length; b++) {
      countQueries(from + b, score_BN[b], block);
    }
    synchronized (counts) {
      counts.add(block);
    }
  }

  private void countQueries(int candidate, float[] score_N, RankCounts block) {
    float[] target_N = targets.score_N();
    int[] above_N = block.above_N();
    for (int query : queries) {
      above_N[query] += score_N[query] > target_N[query] ? 1 : 0;
    }
    for (int query : queries) {
      if (score_N[query] == target_N[query]) {
        countTie(query, candidate, block);
      }
    }
  }

  private void countTie(int query, int candidate, RankCounts into) {
    if (group_N[candidate] != group_N[query]) {
      into.tied_N()[query]++;
      into.tiedBefore_N()[query] += candidate < targets.index_N()[query] ? 1 : 0;
    }
  }
}
