package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * How many of the true attributes are among the k best-scored ones, averaged in three ways. T are
 * an image's true attributes, K its k highest scores, both among the attributes whose label is
 * known. NaN where there is nothing to average.
 *
 * @param perImage mean over images with a true attribute of |T and K| / |T|
 * @param pooled sum of |T and K| / sum of |T|
 * @param perAttribute mean over attributes that are true somewhere of the share of their images
 *     that have them in K
 */
public record RecallOracle(double perImage, double pooled, double perAttribute) {

  /**
   * Recall of scores.
   *
   * @param score_NA higher = more likely; a tie goes to the lower attribute
   * @param label_NA 1 = true, 0 = false, -1 = unknown
   */
  public static RecallOracle of(float[][] score_NA, byte[][] label_NA, int k) {
    double[] hit_A = hits(score_NA, label_NA, k);
    double[] true_A = trues(label_NA, hit_A.length);
    return new RecallOracle(
        Arrays.stream(images(score_NA, label_NA, k))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN),
        Arrays.stream(hit_A).sum() / Arrays.stream(true_A).sum(),
        meanRatio(hit_A, true_A));
  }

  /** Of every attribute the share of its images that have it in K, NaN where it has none. */
  public static double[] attributes(float[][] score_NA, byte[][] label_NA, int k) {
    double[] recall_A = hits(score_NA, label_NA, k);
    double[] true_A = trues(label_NA, recall_A.length);
    for (int a = 0; a < recall_A.length; a++) {
      recall_A[a] /= true_A[a];
    }
    return recall_A;
  }

  private static double[] hits(float[][] score_NA, byte[][] label_NA, int k) {
    int[][] top_N = top(score_NA, label_NA, k);
    double[] hit_A = new double[label_NA.length == 0 ? 0 : label_NA[0].length];
    for (int n = 0; n < label_NA.length; n++) {
      for (int a : top_N[n]) {
        hit_A[a] += label_NA[n][a] == 1 ? 1 : 0;
      }
    }
    return hit_A;
  }

  private static double[] trues(byte[][] label_NA, int attributes) {
    return Arrays.stream(AttributeOracle.positives(label_NA, attributes))
        .asDoubleStream()
        .toArray();
  }

  /** |T and K| / |T| of every image, NaN where it has no true attribute. */
  public static double[] images(float[][] score_NA, byte[][] label_NA, int k) {
    int[][] top_N = top(score_NA, label_NA, k);
    double[] recall_N = new double[label_NA.length];
    for (int n = 0; n < recall_N.length; n++) {
      byte[] label_A = label_NA[n];
      long hits = Arrays.stream(top_N[n]).filter(a -> label_A[a] == 1).count();
      recall_N[n] = hits / (double) AttributeOracle.positives(label_A);
    }
    return recall_N;
  }

  /** K of every image: the k known attributes with the highest scores, best first. */
  static int[][] top(float[][] score_NA, byte[][] label_NA, int k) {
    int[][] top_N = new int[label_NA.length][];
    for (int n = 0; n < top_N.length; n++) {
      byte[] label_A = label_NA[n];
      top_N[n] = TopK.of(score_NA[n], a -> label_A[a] != AttributeOracle.UNKNOWN, k);
    }
    return top_N;
  }

  /** Mean of hits by trues over the attributes that are true somewhere. */
  static double meanRatio(double[] hit_A, double[] true_A) {
    double sum = 0;
    int seen = 0;
    for (int a = 0; a < true_A.length; a++) {
      if (true_A[a] > 0) {
        sum += hit_A[a] / true_A[a];
        seen++;
      }
    }
    return seen == 0 ? Double.NaN : sum / seen;
  }
}
