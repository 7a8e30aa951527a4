package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The candidate that each query is to find: of its group the one with the highest score, of several
 * the first.
 *
 * @param index_N the candidate
 * @param score_N its score, in every bit as {@link ScoreRows} has it
 */
record Targets(int[] index_N, float[] score_N) {

  /** Images of a group whose rows of scores stand in memory at once. */
  private static final int ROWS = 32;

  /** Of both directions. */
  record BothWays(Targets imageToText, Targets textToImage) {

    private void search(float[][] image_GE, float[][] text_GE, int[] member_G) {
      ScoreRows scores = new ScoreRows(text_GE);
      for (int from = 0; from < member_G.length; from += ROWS) {
        int to = Math.min(from + ROWS, member_G.length);
        float[][] score_BG = new float[to - from][member_G.length];
        scores.fill(image_GE, from, to, score_BG);
        for (int i = from; i < to; i++) {
          for (int t = 0; t < member_G.length; t++) {
            imageToText.offer(member_G[i], member_G[t], score_BG[i - from][t]);
            textToImage.offer(member_G[t], member_G[i], score_BG[i - from][t]);
          }
        }
      }
    }
  }

  /** The pairs themselves: every group has one member. */
  static Targets own(float[][] image_NE, float[][] text_NE) {
    Targets own = none(image_NE.length);
    for (int n = 0; n < image_NE.length; n++) {
      own.offer(n, n, dot(image_NE[n], text_NE[n]));
    }
    return own;
  }

  /** Scores the images of every group with its texts. */
  static BothWays best(float[][] image_NE, float[][] text_NE, int[] group_N) {
    Targets own = own(image_NE, text_NE);
    BothWays best = new BothWays(none(group_N.length), none(group_N.length));
    members(group_N).parallelStream()
        .forEach(
            member_G -> {
              if (member_G.length == 1) {
                int n = member_G[0];
                best.imageToText.offer(n, n, own.score_N[n]);
                best.textToImage.offer(n, n, own.score_N[n]);
              } else {
                best.search(rows(image_NE, member_G), rows(text_NE, member_G), member_G);
              }
            });
    return best;
  }

  private static Collection<int[]> members(int[] group_N) {
    return IntStream.range(0, group_N.length)
        .boxed()
        .collect(
            Collectors.groupingBy(
                n -> group_N[n],
                Collectors.collectingAndThen(
                    Collectors.toList(), list -> list.stream().mapToInt(n -> n).toArray())))
        .values();
  }

  private static float[][] rows(float[][] matrix_NE, int[] wanted) {
    return Arrays.stream(wanted).mapToObj(n -> matrix_NE[n]).toArray(float[][]::new);
  }

  private static Targets none(int size) {
    Targets none = new Targets(new int[size], new float[size]);
    Arrays.fill(none.score_N, Float.NEGATIVE_INFINITY);
    return none;
  }

  /** Candidates of a query must come in their order. */
  private void offer(int query, int candidate, float score) {
    if (score > score_N[query]) {
      index_N[query] = candidate;
      score_N[query] = score;
    }
  }

  /** Summed in the order 0, 1, 2, ... as {@link ScoreRows} sums. */
  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int e = 0; e < a.length; e++) {
      sum += a[e] * b[e];
    }
    return sum;
  }
}
