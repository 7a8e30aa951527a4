package org.visionfashion.metrics;

import java.util.stream.IntStream;

/**
 * Where every query finds its target, before a rule for ties is chosen.
 *
 * @param above_N candidates that score strictly higher than the target
 * @param tiedBefore_N other candidates with exactly the target's score and a lower index
 * @param tied_N other candidates with exactly the target's score
 */
public record RankCounts(int[] above_N, int[] tiedBefore_N, int[] tied_N) {

  static RankCounts zero(int queries) {
    return new RankCounts(new int[queries], new int[queries], new int[queries]);
  }

  RankCounts copy() {
    return new RankCounts(above_N.clone(), tiedBefore_N.clone(), tied_N.clone());
  }

  /** Takes a query's numbers from others. */
  void set(int query, RankCounts others) {
    above_N[query] = others.above_N[query];
    tiedBefore_N[query] = others.tiedBefore_N[query];
    tied_N[query] = others.tied_N[query];
  }

  /** Adds what was counted among other candidates. */
  void add(RankCounts other) {
    for (int query = 0; query < above_N.length; query++) {
      above_N[query] += other.above_N[query];
      tiedBefore_N[query] += other.tiedBefore_N[query];
      tied_N[query] += other.tied_N[query];
    }
  }

  /**
   * Ranks from 1 in the order of a stable sort: a tie goes to the lower index. A model that gives
   * every candidate the same score is thereby worth no more than chance.
   */
  public int[] ranks() {
    return IntStream.range(0, above_N.length)
        .map(query -> 1 + above_N[query] + tiedBefore_N[query])
        .toArray();
  }
}
