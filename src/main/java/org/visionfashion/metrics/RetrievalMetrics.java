package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Scores of one retrieval direction; NaN where there is no query.
 *
 * @param recallAt1 share of queries whose target has rank 1
 * @param recallAt5 share with rank 5 or better
 * @param recallAt10 share with rank 10 or better
 * @param medianRank of an even number of ranks the mean of the two middle ones
 * @param mrr mean of 1 / rank
 */
public record RetrievalMetrics(
    double recallAt1, double recallAt5, double recallAt10, double medianRank, double mrr) {

  /** Scores of ranks counted from 1. */
  public static RetrievalMetrics of(int[] rank_N) {
    return new RetrievalMetrics(
        recall(rank_N, 1),
        recall(rank_N, 5),
        recall(rank_N, 10),
        median(rank_N),
        meanReciprocalRank(rank_N));
  }

  /** Share of queries whose target is among the first k. */
  public static double recall(int[] rank_N, int k) {
    return Arrays.stream(rank_N)
        .mapToDouble(rank -> rank <= k ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** Mean of 1 / rank; NaN where there is no query. */
  public static double meanReciprocalRank(int[] rank_N) {
    return Arrays.stream(rank_N).mapToDouble(rank -> 1.0 / rank).average().orElse(Double.NaN);
  }

  private static double median(int[] rank_N) {
    if (rank_N.length == 0) {
      return Double.NaN;
    }
    int[] sorted = rank_N.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
