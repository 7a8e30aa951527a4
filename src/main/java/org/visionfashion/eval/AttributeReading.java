package org.visionfashion.eval;

import static org.visionfashion.metrics.AttributeScores.PER_ATTRIBUTE;
import static org.visionfashion.metrics.AttributeScores.PER_IMAGE;
import static org.visionfashion.metrics.AttributeScores.POOLED;

import java.util.Arrays;
import java.util.List;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.AveragePrecision;
import org.visionfashion.metrics.ConstantPredictor;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Items;

/** One list of attributes judged, with what a constant and a perfect predictor reach. */
final class AttributeReading {

  /** Sizes of the lists, in order. */
  private static final int[] KS = {1, 3, 5};

  private static final List<Metric> RECALLS =
      List.of(Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5);
  private static final List<Metric> POOLED_RECALLS =
      List.of(Metric.POOLED_RECALL_1, Metric.POOLED_RECALL_3, Metric.POOLED_RECALL_5);
  private static final List<Metric> RECALLS_PER_ATTRIBUTE =
      List.of(
          Metric.RECALL_1_PER_ATTRIBUTE,
          Metric.RECALL_3_PER_ATTRIBUTE,
          Metric.RECALL_5_PER_ATTRIBUTE);

  private final float[][] score_NA;
  private final float[][] constant_NA;
  private final byte[][] label_NA;
  private final Items items;
  private final Scoreboard board;
  private final AttributeScores recalls;
  private final Estimate scores;
  private final double[] constant;
  private final double[] ceiling;

  AttributeReading(
      float[][] score_NA, byte[][] label_NA, long[] training_A, Items items, Scoreboard board) {
    this.score_NA = score_NA;
    this.constant_NA = ConstantPredictor.scores(training_A, label_NA.length);
    this.label_NA = label_NA;
    this.items = items;
    this.board = board;
    this.recalls = AttributeScores.of(score_NA, label_NA, items, KS);
    this.scores = board.estimate(recalls);
    this.constant = AttributeScores.of(constant_NA, label_NA, items, KS).value();
    this.ceiling = AttributeScores.ceiling(label_NA, items, KS).value();
  }

  static boolean anyTrue(byte[][] label_NA) {
    return Arrays.stream(label_NA).anyMatch(label_A -> AttributeScores.positives(label_A) > 0);
  }

  /** Adds recall@1, 3 and 5, image by image. */
  void addRecalls(Scoreboard.Card card) {
    for (int k = 0; k < KS.length; k++) {
      int at = AttributeScores.at(k, PER_IMAGE);
      card.share(RECALLS.get(k), scores, at, recalls.examples(), constant[at], ceiling[at]);
    }
  }

  /** Adds the other two ways to average the recalls. */
  void addOtherRecalls(Scoreboard.Card card) {
    for (int k = 0; k < KS.length; k++) {
      int at = AttributeScores.at(k, POOLED);
      card.share(POOLED_RECALLS.get(k), scores, at, recalls.examples(), constant[at], ceiling[at]);
    }
    for (int k = 0; k < KS.length; k++) {
      int at = AttributeScores.at(k, PER_ATTRIBUTE);
      card.mean(
          RECALLS_PER_ATTRIBUTE.get(k), scores, at, recalls.examples(), constant[at], ceiling[at]);
    }
  }

  /** Adds the mean average precision; returns it, behind that of each attribute. */
  Estimate addPrecision(Scoreboard.Card card) {
    Estimate precisions = board.estimate(AveragePrecision.of(score_NA, label_NA, items));
    int mean = precisions.value_K().length - 1;
    double[] constants =
        AveragePrecision.of(constant_NA, label_NA, Items.together(label_NA.length)).value();
    card.mean(
        Metric.MEAN_AVERAGE_PRECISION, precisions, mean, recalls.examples(), constants[mean], 1);
    return precisions;
  }

  /** Of every attribute the share of its images that have it among their five best. */
  double[] recallAt5() {
    return recalls.recalls(KS.length - 1);
  }
}
