package org.visionfashion.metrics;

import java.util.Arrays;
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
    int query = query_Q[q];
    int[] rank_T =
        Arrays.stream(members)
            .filter(member -> member != query)
            .map(target -> rank(score_N, target, query))
            .sorted()
            .toArray();
    double sum = 0;
    for (int t = 0; t < rank_T.length; t++) {
      sum += (t + 1) / (double) rank_T[t];
    }
    first_Q[q] = rank_T[0];
    averagePrecision_Q[q] = sum / rank_T.length;
  }

  /** From 1, as if the query were no candidate. */
  private static int rank(float[] score_N, int target, int query) {
    float score = score_N[target];
    int before = 0;
    for (int n = 0; n < score_N.length; n++) {
      before += score_N[n] > score || (score_N[n] == score && n < target) ? 1 : 0;
    }
    boolean queryBefore = score_N[query] > score || (score_N[query] == score && query < target);
    return 1 + before - (queryBefore ? 1 : 0);
  }
}
