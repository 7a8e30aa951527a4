package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * {@link AttributeRecall} for several k as a function of the items' weights: for each k in order
 * the mean over images, the pooled recall, the mean over attributes.
 */
public final class AttributeScores {

  /** Scores of one k, in the order of {@link AttributeRecall}. */
  public static final int PER_IMAGE = 0;

  public static final int POOLED = 1;
  public static final int PER_ATTRIBUTE = 2;
  private static final int WAYS = 3;

  private final byte[][] label_NA;
  private final double[][] recall_KN;
  private final int[][][] top_KN;
  private final int attributes;

  private AttributeScores(float[][] score_NA, byte[][] label_NA, int... ks) {
    this.label_NA = label_NA;
    this.attributes = label_NA.length == 0 ? 0 : label_NA[0].length;
    this.recall_KN = new double[ks.length][];
    this.top_KN = new int[ks.length][][];
    for (int k = 0; k < ks.length; k++) {
      recall_KN[k] = AttributeRecall.images(score_NA, label_NA, ks[k]);
      top_KN[k] = AttributeRecall.top(score_NA, label_NA, ks[k]);
    }
  }

  /**
   * Sums the outcomes.
   *
   * @param score_NA higher = more likely; a tie goes to the lower attribute
   * @param label_NA 1 = true, 0 = false, -1 = unknown
   * @param ks sizes of the lists
   */
  public static Statistic of(float[][] score_NA, byte[][] label_NA, Items items, int... ks) {
    AttributeScores scores = new AttributeScores(score_NA, label_NA, ks);
    int kinds = scores.hits(ks.length);
    return Totals.of(items, kinds, scores::add, scores::scores);
  }

  /** Place of a score among the results. */
  public static int at(int k, int way) {
    return k * WAYS + way;
  }

  private void add(double[] sum, int n) {
    byte[] label_A = label_NA[n];
    long positives = AttributeMetrics.positives(label_A);
    if (positives == 0) {
      return;
    }
    sum[0]++;
    for (int a = 0; a < attributes; a++) {
      sum[1 + a] += label_A[a] == 1 ? 1 : 0;
    }
    for (int k = 0; k < top_KN.length; k++) {
      sum[hits(k)] += recall_KN[k][n];
      for (int a : top_KN[k][n]) {
        sum[hits(k) + 1 + a] += label_A[a] == 1 ? 1 : 0;
      }
    }
  }

  private double[] scores(double[] total) {
    double[] scores = new double[WAYS * top_KN.length];
    double[] true_A = Arrays.copyOfRange(total, 1, 1 + attributes);
    for (int k = 0; k < top_KN.length; k++) {
      double[] hit_A = Arrays.copyOfRange(total, hits(k) + 1, hits(k) + 1 + attributes);
      scores[at(k, PER_IMAGE)] = total[hits(k)] / total[0];
      scores[at(k, POOLED)] = Arrays.stream(hit_A).sum() / Arrays.stream(true_A).sum();
      scores[at(k, PER_ATTRIBUTE)] = AttributeRecall.meanRatio(hit_A, true_A);
    }
    return scores;
  }

  /** Where the sums of the k-th list begin: the images' recalls, then every attribute's hits. */
  private int hits(int k) {
    return (1 + attributes) * (1 + k);
  }
}
