package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Average precision: the sum over distinct scores, from the highest, of the gain in recall times
 * the precision there. Equal scores are one threshold, as in scikit-learn's {@code
 * average_precision_score}.
 */
public final class PrecisionOracle {

  private PrecisionOracle() {}

  /**
   * Average precision of one attribute.
   *
   * @param score_N higher = more likely
   * @param label_N 1 = true, 0 = false, -1 = unknown and left out
   * @return NaN where no label is 1
   */
  public static double of(float[] score_N, byte[] label_N) {
    float[] all = descending(score_N, label_N, 0);
    float[] positive = descending(score_N, label_N, 1);
    double sum = 0;
    int ranked = 0;
    int found = 0;
    while (found < positive.length) {
      float threshold = positive[found];
      int before = found;
      found = end(positive, found, threshold);
      ranked = end(all, ranked, threshold);
      sum += (found - before) * (found / (double) ranked);
    }
    return sum / positive.length;
  }

  /** Average precision of every attribute, NaN where it is true nowhere. */
  public static double[] each(float[][] score_NA, byte[][] label_NA) {
    double[] precision_A = new double[label_NA.length == 0 ? 0 : label_NA[0].length];
    float[] score_N = new float[label_NA.length];
    byte[] label_N = new byte[label_NA.length];
    for (int a = 0; a < precision_A.length; a++) {
      for (int n = 0; n < label_N.length; n++) {
        score_N[n] = score_NA[n][a];
        label_N[n] = label_NA[n][a];
      }
      precision_A[a] = of(score_N, label_N);
    }
    return precision_A;
  }

  /** Mean over the attributes that are true somewhere; NaN where none is. */
  public static double macro(float[][] score_NA, byte[][] label_NA) {
    return Arrays.stream(each(score_NA, label_NA))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Scores whose label is at least the given one, highest first. */
  private static float[] descending(float[] score_N, byte[] label_N, int atLeast) {
    float[] negated = new float[score_N.length];
    int size = 0;
    for (int n = 0; n < score_N.length; n++) {
      if (label_N[n] >= atLeast) {
        negated[size++] = -score_N[n];
      }
    }
    float[] sorted = Arrays.copyOf(negated, size);
    Arrays.sort(sorted);
    for (int i = 0; i < size; i++) {
      sorted[i] = -sorted[i];
    }
    return sorted;
  }

  private static int end(float[] descending, int from, float threshold) {
    int end = from;
    while (end < descending.length && descending[end] >= threshold) {
      end++;
    }
    return end;
  }
}
