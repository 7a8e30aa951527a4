package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.List;

/** Scores of one retrieval direction from the ranks of its targets, counted from 1. */
public final class RetrievalMetrics {

  /** Places in {@link #of}: recall@1, recall@5, recall@10, mean reciprocal rank. */
  public static final int RECALL_1 = 0;

  public static final int RECALL_5 = 1;
  public static final int RECALL_10 = 2;
  public static final int RECIPROCAL_RANK = 3;

  private RetrievalMetrics() {}

  /** Means over the queries; NaN where there is none. */
  public static Statistic of(int[] rank_Q, Items items) {
    double[] reciprocal_Q = Arrays.stream(rank_Q).mapToDouble(rank -> 1.0 / rank).toArray();
    return Totals.means(
        items, List.of(hits(rank_Q, 1), hits(rank_Q, 5), hits(rank_Q, 10), reciprocal_Q));
  }

  /** 1 for each query whose target is among the first k, 0 for the others. */
  public static double[] hits(int[] rank_Q, int k) {
    return Arrays.stream(rank_Q).mapToDouble(rank -> rank <= k ? 1 : 0).toArray();
  }

  /** Share of queries whose target is among the first k; NaN where there is none. */
  public static double recall(int[] rank_Q, int k) {
    return Arrays.stream(hits(rank_Q, k)).average().orElse(Double.NaN);
  }

  /** Mean of 1 / rank; NaN where there is no query. */
  public static double meanReciprocalRank(int[] rank_Q) {
    return Arrays.stream(rank_Q).mapToDouble(rank -> 1.0 / rank).average().orElse(Double.NaN);
  }

  /** Of an even number of ranks the mean of the two middle ones; NaN where there is no query. */
  public static double medianRank(int[] rank_Q) {
    if (rank_Q.length == 0) {
      return Double.NaN;
    }
    int[] sorted = rank_Q.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
