package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Slow oracle of {@link AttributeScores} and {@link AveragePrecision}: many yes-or-no attributes;
 * entries with label {@link #UNKNOWN} count nowhere.
 *
 * @param examples images with a true attribute, over which {@link RecallOracle#perImage} goes
 * @param at1 recall of the highest score
 * @param at3 recall of the three highest
 * @param at5 recall of the five highest
 * @param meanAveragePrecision over the attributes that are true somewhere
 */
public record AttributeOracle(
    int examples,
    RecallOracle at1,
    RecallOracle at3,
    RecallOracle at5,
    double meanAveragePrecision) {

  /** Label of an attribute that nobody knows. */
  public static final byte UNKNOWN = -1;

  /**
   * Scores the logits of all attributes.
   *
   * @param score_NA higher = more likely
   * @param label_NA 1 = true, 0 = false, -1 = unknown
   * @throws IllegalArgumentException where a score is not finite
   */
  public static AttributeOracle of(float[][] score_NA, byte[][] label_NA) {
    Finite.require(score_NA, "attribute scores");
    return new AttributeOracle(
        (int) Arrays.stream(label_NA).filter(label_A -> positives(label_A) > 0).count(),
        RecallOracle.of(score_NA, label_NA, 1),
        RecallOracle.of(score_NA, label_NA, 3),
        RecallOracle.of(score_NA, label_NA, 5),
        PrecisionOracle.macro(score_NA, label_NA));
  }

  /** The same for a predictor that always ranks the attributes by their number in training. */
  public static AttributeOracle constant(long[] training_A, byte[][] label_NA) {
    float[][] score_NA = new float[label_NA.length][];
    Arrays.fill(score_NA, CategoryOracle.floats(training_A));
    return of(score_NA, label_NA);
  }

  /**
   * The best that any scores could reach: every image names its true attributes, the rarest first
   * (which of them come first matters to the mean over attributes only).
   */
  public static AttributeOracle ceiling(byte[][] label_NA) {
    long[] true_A = positives(label_NA, label_NA.length == 0 ? 0 : label_NA[0].length);
    float[][] score_NA = new float[label_NA.length][true_A.length];
    for (int n = 0; n < label_NA.length; n++) {
      for (int a = 0; a < true_A.length; a++) {
        score_NA[n][a] = label_NA[n][a] == 1 ? 1f / true_A[a] : 0;
      }
    }
    AttributeOracle recalls = of(score_NA, label_NA);
    double precision = recalls.examples() == 0 ? Double.NaN : 1;
    return new AttributeOracle(
        recalls.examples(), recalls.at1(), recalls.at3(), recalls.at5(), precision);
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
