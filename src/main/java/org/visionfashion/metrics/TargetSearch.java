package org.visionfashion.metrics;

/** Counts, block by block of the scores, what stands before every query's target. */
final class TargetSearch {

  private final Targets targets;
  private final int[] group_N;
  private final RankCounts counts;

  /**
   * Begins a search.
   *
   * @param group_N a tie within the query's group is none
   */
  TargetSearch(Targets targets, int[] group_N) {
    this.targets = targets;
    this.group_N = group_N;
    this.counts = RankCounts.zero(group_N.length);
  }

  RankCounts counts() {
    return counts;
  }

  /** Queries {@code from} and on with their scores for all candidates, a row each. */
  void candidates(int from, float[][] score_BN) {
    for (int b = 0; b < score_BN.length; b++) {
      int query = from + b;
      float target = targets.score_N()[query];
      int above = 0;
      for (float other : score_BN[b]) {
        above += other > target ? 1 : 0;
      }
      counts.above_N()[query] = above;
      countTies(query, score_BN[b], target);
    }
  }

  private void countTies(int query, float[] score_N, float target) {
    for (int candidate = 0; candidate < score_N.length; candidate++) {
      if (score_N[candidate] == target) {
        countTie(query, candidate, counts);
      }
    }
  }

  /** Candidates {@code from} and on with their scores for all queries, a row each. */
  void queries(int from, float[][] score_BN) {
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
    for (int query = 0; query < score_N.length; query++) {
      if (score_N[query] > target_N[query]) {
        above_N[query]++;
      } else if (score_N[query] == target_N[query]) {
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
