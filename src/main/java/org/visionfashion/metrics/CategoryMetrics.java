package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Scores of a classifier; examples with label {@link #UNKNOWN} are left out. NaN where no example
 * is labelled.
 *
 * @param examples labelled examples
 * @param top1 share whose label has the highest score
 * @param top3 share whose label is among the three highest
 * @param top5 share whose label is among the five highest
 * @param macroF1 mean F1 of the classes that occur among labels or predictions, as scikit-learn
 *     averages by default
 */
public record CategoryMetrics(int examples, double top1, double top3, double top5, double macroF1) {

  /** Label of an example that nobody labelled. */
  public static final int UNKNOWN = -1;

  /**
   * Scores the logits of all classes.
   *
   * @throws IllegalArgumentException where a logit is not finite
   */
  public static CategoryMetrics of(float[][] logit_NC, int[] label_N) {
    Finite.require(logit_NC, "category scores");
    int[] rank_M = ranks(logit_NC, label_N);
    return new CategoryMetrics(
        rank_M.length,
        RetrievalMetrics.recall(rank_M, 1),
        RetrievalMetrics.recall(rank_M, 3),
        RetrievalMetrics.recall(rank_M, 5),
        macroF1(logit_NC, label_N));
  }

  /** The same for a predictor that always ranks the classes by their number in training. */
  public static CategoryMetrics constant(long[] training_C, int[] label_N) {
    float[][] logit_NC = new float[label_N.length][];
    Arrays.fill(logit_NC, floats(training_C));
    return of(logit_NC, label_N);
  }

  /** Ranks from 1 of the labels of the labelled examples, in order; ties to the lower class. */
  public static int[] ranks(float[][] logit_NC, int[] label_N) {
    int[] rank_M = new int[label_N.length];
    int labelled = 0;
    for (int n = 0; n < label_N.length; n++) {
      if (label_N[n] != UNKNOWN) {
        rank_M[labelled++] = rank(logit_NC[n], label_N[n]);
      }
    }
    return Arrays.copyOf(rank_M, labelled);
  }

  /** Counts as scores; exact up to 16 million. */
  static float[] floats(long[] counts) {
    float[] scores = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      scores[i] = counts[i];
    }
    return scores;
  }

  private static int rank(float[] logit_C, int label) {
    int rank = 1;
    for (int c = 0; c < logit_C.length; c++) {
      boolean before = logit_C[c] > logit_C[label] || (logit_C[c] == logit_C[label] && c < label);
      rank += before ? 1 : 0;
    }
    return rank;
  }

  private static double macroF1(float[][] logit_NC, int[] label_N) {
    int classes = logit_NC.length == 0 ? 0 : logit_NC[0].length;
    int[] labelled_C = new int[classes];
    int[] predicted_C = new int[classes];
    int[] right_C = new int[classes];
    for (int n = 0; n < label_N.length; n++) {
      if (label_N[n] != UNKNOWN) {
        int prediction = TopK.of(logit_NC[n], c -> true, 1)[0];
        labelled_C[label_N[n]]++;
        predicted_C[prediction]++;
        right_C[prediction] += prediction == label_N[n] ? 1 : 0;
      }
    }
    double sum = 0;
    int seen = 0;
    for (int c = 0; c < classes; c++) {
      if (labelled_C[c] + predicted_C[c] > 0) {
        sum += 2.0 * right_C[c] / (labelled_C[c] + predicted_C[c]);
        seen++;
      }
    }
    return seen == 0 ? Double.NaN : sum / seen;
  }
}
