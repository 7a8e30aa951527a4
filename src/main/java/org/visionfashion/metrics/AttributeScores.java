package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * How many of the true attributes are among the k best-scored ones, for several k, averaged in
 * three ways. T are an image's true attributes, K its k highest scores, both among the attributes
 * whose label is known. NaN where there is nothing to average.
 */
public final class AttributeScores implements Statistic {

  /** Mean over images with a true attribute of |T and K| / |T|. */
  public static final int PER_IMAGE = 0;

  /** Sum of |T and K| / sum of |T|. */
  public static final int POOLED = 1;

  /** Mean over attributes that are true somewhere of the share of their images with them in K. */
  public static final int PER_ATTRIBUTE = 2;

  /** Label of an attribute that nobody knows; it counts nowhere. */
  public static final byte UNKNOWN = -1;

  private static final int WAYS = 3;

  private final float[][] score_NA;
  private final byte[][] label_NA;
  private final int[] ks;
  private final int attributes;
  private final Totals totals;

  private AttributeScores(float[][] score_NA, byte[][] label_NA, Items items, int... ks) {
    this.score_NA = score_NA;
    this.label_NA = label_NA;
    this.ks = ks;
    this.attributes = label_NA.length == 0 ? 0 : label_NA[0].length;
    this.totals = Totals.of(items, hits(ks.length), this::add, this::scores);
  }

  /**
   * Sums the outcomes.
   *
   * @param score_NA higher = more likely; a tie goes to the lower attribute
   * @param label_NA 1 = true, 0 = false, -1 = unknown
   * @param ks sizes of the lists
   * @throws IllegalArgumentException where a score is not finite
   */
  public static AttributeScores of(float[][] score_NA, byte[][] label_NA, Items items, int... ks) {
    Finite.require(score_NA, "attribute scores");
    return new AttributeScores(score_NA, label_NA, items, ks);
  }

  /**
   * The best that any scores could reach: every image names its true attributes, the rarest first
   * (which of them come first matters to the mean over attributes only).
   */
  public static AttributeScores ceiling(byte[][] label_NA, Items items, int... ks) {
    long[] true_A = positives(label_NA, label_NA.length == 0 ? 0 : label_NA[0].length);
    float[][] score_NA = new float[label_NA.length][true_A.length];
    for (int n = 0; n < label_NA.length; n++) {
      for (int a = 0; a < true_A.length; a++) {
        score_NA[n][a] = label_NA[n][a] == 1 ? 1f / true_A[a] : 0;
      }
    }
    return of(score_NA, label_NA, items, ks);
  }

  /** Place among the scores: for each k in order, each way in order. */
  public static int at(int k, int way) {
    return k * WAYS + way;
  }

  @Override
  public int items() {
    return totals.items();
  }

  @Override
  public double[] of(int[] weight_I) {
    return totals.of(weight_I);
  }

  /** Images with a true attribute, over which {@link #PER_IMAGE} goes. */
  public int examples() {
    return (int) totals.sums(Statistic.once(items()))[0];
  }

  /** Of every attribute the share of its images that have it in the k-th list, NaN without one. */
  public double[] recalls(int k) {
    double[] total = totals.sums(Statistic.once(items()));
    double[] recall_A = new double[attributes];
    for (int a = 0; a < attributes; a++) {
      recall_A[a] = total[hits(k) + 1 + a] / total[1 + a];
    }
    return recall_A;
  }

  private void add(double[] sum, int n) {
    byte[] label_A = label_NA[n];
    long positives = positives(label_A);
    if (positives == 0) {
      return;
    }
    sum[0]++;
    for (int a = 0; a < attributes; a++) {
      sum[1 + a] += label_A[a] == 1 ? 1 : 0;
    }
    for (int k = 0; k < ks.length; k++) {
      int hits = 0;
      for (int a : TopK.of(score_NA[n], a -> label_A[a] != UNKNOWN, ks[k])) {
        hits += label_A[a] == 1 ? 1 : 0;
        sum[hits(k) + 1 + a] += label_A[a] == 1 ? 1 : 0;
      }
      sum[hits(k)] += hits / (double) positives;
    }
  }

  private double[] scores(double[] total) {
    double[] scores = new double[WAYS * ks.length];
    double[] true_A = Arrays.copyOfRange(total, 1, 1 + attributes);
    for (int k = 0; k < ks.length; k++) {
      double[] hit_A = Arrays.copyOfRange(total, hits(k) + 1, hits(k) + 1 + attributes);
      scores[at(k, PER_IMAGE)] = total[hits(k)] / total[0];
      scores[at(k, POOLED)] = Arrays.stream(hit_A).sum() / Arrays.stream(true_A).sum();
      scores[at(k, PER_ATTRIBUTE)] = meanRatio(hit_A, true_A);
    }
    return scores;
  }

  /** Where the sums of the k-th list begin: the images' recalls, then every attribute's hits. */
  private int hits(int k) {
    return (1 + attributes) * (1 + k);
  }

  private static double meanRatio(double[] hit_A, double[] true_A) {
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

  /** True attributes of an image. */
  public static long positives(byte[] label_A) {
    long count = 0;
    for (byte label : label_A) {
      count += label == 1 ? 1 : 0;
    }
    return count;
  }

  /** Images that have each attribute. */
  public static long[] positives(byte[][] label_NA, int attributes) {
    long[] count_A = new long[attributes];
    for (byte[] label_A : label_NA) {
      for (int a = 0; a < attributes; a++) {
        count_A[a] += label_A[a] == 1 ? 1 : 0;
      }
    }
    return count_A;
  }
}
