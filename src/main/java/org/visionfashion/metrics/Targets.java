package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * The candidate that each query is to find: of those that are right for it the one with the highest
 * score, of several the first.
 *
 * @param index_Q the candidate
 * @param score_Q its score, in every bit as {@link ScoreRows} has it
 */
record Targets(int[] index_Q, float[] score_Q) {

  /** Images of a group whose rows of scores stand in memory at once. */
  private static final int ROWS = 32;

  /**
   * Of both directions.
   *
   * @param imageToText a text for each image
   * @param textToImage an image for each text
   */
  record BothWays(Targets imageToText, Targets textToImage) {

    private static BothWays none(int images, int texts) {
      return new BothWays(Targets.none(images), Targets.none(texts));
    }

    private void offer(int image, int text, float score) {
      imageToText.offer(image, text, score);
      textToImage.offer(text, image, score);
    }
  }

  /** The best of a group, its images and texts counted from 0. */
  private record GroupBest(Relevance.Group group, BothWays best) {

    void addTo(BothWays all) {
      for (int i = 0; i < group.images().length; i++) {
        int text = group.texts()[best.imageToText.index_Q[i]];
        all.imageToText.offer(group.images()[i], text, best.imageToText.score_Q[i]);
      }
      for (int t = 0; t < group.texts().length; t++) {
        int image = group.images()[best.textToImage.index_Q[t]];
        all.textToImage.offer(group.texts()[t], image, best.textToImage.score_Q[t]);
      }
    }
  }

  /** Scores the images of every group with its texts. */
  static BothWays best(float[][] image_NE, float[][] text_ME, Relevance relevance) {
    BothWays best = BothWays.none(image_NE.length, text_ME.length);
    relevance.groups().parallelStream()
        .map(group -> new GroupBest(group, best(image_NE, text_ME, group)))
        .forEachOrdered(each -> each.addTo(best));
    return best;
  }

  private static BothWays best(float[][] image_NE, float[][] text_ME, Relevance.Group group) {
    float[][] image_IE = rows(image_NE, group.images());
    float[][] text_TE = rows(text_ME, group.texts());
    BothWays best = BothWays.none(image_IE.length, text_TE.length);
    if (image_IE.length == 1) { // most groups: not worth a transposed block
      for (int t = 0; t < text_TE.length; t++) {
        best.offer(0, t, dot(image_IE[0], text_TE[t]));
      }
      return best;
    }
    ScoreRows scores = new ScoreRows(text_TE);
    for (int from = 0; from < image_IE.length; from += ROWS) {
      int to = Math.min(from + ROWS, image_IE.length);
      float[][] score_BT = new float[to - from][text_TE.length];
      scores.fill(image_IE, from, to, score_BT);
      for (int i = from; i < to; i++) {
        for (int t = 0; t < text_TE.length; t++) {
          best.offer(i, t, score_BT[i - from][t]);
        }
      }
    }
    return best;
  }

  private static float[][] rows(float[][] matrix_NE, int[] wanted) {
    return Arrays.stream(wanted).mapToObj(n -> matrix_NE[n]).toArray(float[][]::new);
  }

  private static Targets none(int size) {
    Targets none = new Targets(new int[size], new float[size]);
    Arrays.fill(none.score_Q, Float.NEGATIVE_INFINITY);
    return none;
  }

  private void offer(int query, int candidate, float score) {
    boolean better = score > score_Q[query];
    if (better || (score == score_Q[query] && candidate < index_Q[query])) {
      index_Q[query] = candidate;
      score_Q[query] = score;
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
