package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pictures that ask for the other pictures of their item, among all pictures but themselves. Only
 * those take part whose item has another picture.
 *
 * @param query_Q which pictures ask
 * @param targets_Q how many others their item has
 * @param first_Q rank from 1 of the best-placed one, a tie to the lower index
 * @param averagePrecision_Q mean over the others of the share of them among all down to their rank
 * @param candidates pictures that are searched for each query
 */
public record NeighbourRanks(
    int[] query_Q, int[] targets_Q, int[] first_Q, double[] averagePrecision_Q, int candidates) {

  /** Queries whose rows of scores stand in memory at once, for each thread. */
  private static final int QUERIES = 32;

  /**
   * Scores all pairs, raw dot products in float without normalisation, and ranks them.
   *
   * @throws IllegalArgumentException where a number is not finite
   */
  public static NeighbourRanks of(float[][] image_NE, Items items) {
    Finite.require(image_NE, "image embeddings");
    int[][] member_IG = items.members();
    int[] query_Q =
        IntStream.range(0, image_NE.length)
            .filter(n -> member_IG[items.item_N()[n]].length > 1)
            .toArray();
    int queries = query_Q.length;
    NeighbourRanks ranks =
        new NeighbourRanks(
            query_Q,
            Arrays.stream(query_Q)
                .map(query -> member_IG[items.item_N()[query]].length - 1)
                .toArray(),
            new int[queries],
            new double[queries],
            Math.max(0, image_NE.length - 1));
    if (queries == 0) {
      return ranks;
    }
    float[][] query_QE =
        Arrays.stream(query_Q).mapToObj(query -> image_NE[query]).toArray(float[][]::new);
    ScoreRows scores = new ScoreRows(image_NE);
    IntStream.range(0, (queries + QUERIES - 1) / QUERIES)
        .parallel()
        .forEach(
            block -> {
              int from = block * QUERIES;
              int to = Math.min(from + QUERIES, queries);
              float[][] score_BN = new float[to - from][image_NE.length];
              scores.fill(query_QE, from, to, score_BN);
              for (int q = from; q < to; q++) {
                ranks.judge(q, score_BN[q - from], member_IG[items.item_N()[query_Q[q]]]);
              }
            });
    return ranks;
  }

  private void judge(int q, float[] score_N, int[] members) {
    int[] rank_T = ranks(score_N, targets(score_N, members, query_Q[q]), members);
    double sum = 0;
    for (int t = 0; t < rank_T.length; t++) {
      sum += (t + 1) / (double) rank_T[t];
    }
    first_Q[q] = rank_T[0];
    averagePrecision_Q[q] = sum / rank_T.length;
  }

  /** The item's other pictures, best first, a tie to the lower index. */
  private static int[] targets(float[] score_N, int[] members, int query) {
    return Arrays.stream(members)
        .filter(member -> member != query)
        .boxed()
        .sorted(Comparator.comparing((Integer member) -> 0f - score_N[member]))
        .mapToInt(member -> member)
        .toArray();
  }

  /**
   * Ranks from 1 of targets that stand in their order. Each other candidate is counted before the
   * first target that it precedes; most precede none, and one comparison tells.
   */
  private static int[] ranks(float[] score_N, int[] target_T, int[] members) {
    int[] before_T = new int[target_T.length];
    float least = score_N[target_T[target_T.length - 1]];
    for (int n = 0; n < score_N.length; n++) {
      if (score_N[n] >= least && Arrays.binarySearch(members, n) < 0) {
        int t = firstAfter(n, score_N, target_T);
        if (t < target_T.length) {
          before_T[t]++;
        }
      }
    }
    int[] rank_T = new int[target_T.length];
    int others = 0;
    for (int t = 0; t < rank_T.length; t++) {
      others += before_T[t];
      rank_T[t] = 1 + t + others;
    }
    return rank_T;
  }

  /** The first target that a candidate precedes, by bisection; their number where it is none. */
  private static int firstAfter(int candidate, float[] score_N, int[] target_T) {
    float score = score_N[candidate];
    int low = 0;
    int high = target_T.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      float target = score_N[target_T[middle]];
      boolean precedes = score > target || (score == target && candidate < target_T[middle]);
      if (precedes) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
