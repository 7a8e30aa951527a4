package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Retrieval among fewer candidates than there are: the exact expectation over all random galleries
 * of a size that hold the query's target.
 *
 * <p>With rank r among N candidates, the number of better ones in a gallery of n is hypergeometric:
 * n - 1 draws without replacement from N - 1 others, r - 1 of them better. The target is among the
 * first k where fewer than k of those are drawn.
 */
public final class GalleryRecall {

  private final int candidates;

  /** ln i!, for i from 0 to the number of candidates. */
  private final double[] logFactorial;

  /** Ranks among so many candidates. */
  public GalleryRecall(int candidates) {
    this.candidates = candidates;
    this.logFactorial = new double[candidates + 1];
    for (int i = 1; i <= candidates; i++) {
      logFactorial[i] = logFactorial[i - 1] + Math.log(i);
    }
  }

  /**
   * Probability that each query's target is among the first k of a random gallery.
   *
   * @param rank_N strict ranks from 1
   * @param size of the gallery, the target included, at most the number of candidates
   */
  public double[] expected(int[] rank_N, int size, int k) {
    double[] byRank = new double[candidates + 1];
    Arrays.fill(byRank, Double.NaN);
    double[] found_N = new double[rank_N.length];
    for (int n = 0; n < rank_N.length; n++) {
      int rank = rank_N[n];
      byRank[rank] = Double.isNaN(byRank[rank]) ? found(rank, size, k) : byRank[rank];
      found_N[n] = byRank[rank];
    }
    return found_N;
  }

  private double found(int rank, int size, int k) {
    int better = rank - 1;
    int worse = candidates - rank;
    int draws = size - 1;
    double found = 0;
    for (int drawn = Math.max(0, draws - worse); drawn < k && drawn <= better; drawn++) {
      if (drawn <= draws) {
        found +=
            Math.exp(
                logChoices(better, drawn)
                    + logChoices(worse, draws - drawn)
                    - logChoices(candidates - 1, draws));
      }
    }
    return Math.min(1, found);
  }

  private double logChoices(int from, int drawn) {
    return logFactorial[from] - logFactorial[drawn] - logFactorial[from - drawn];
  }
}
