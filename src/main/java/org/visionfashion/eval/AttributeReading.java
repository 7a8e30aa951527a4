package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeMetrics;
import org.visionfashion.metrics.AttributeRecall;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.AveragePrecisions;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Items;

/**
 * One list of attributes judged, with what a constant and a perfect predictor reach.
 *
 * @param scores of the model
 * @param constant of always naming the most frequent of training
 * @param ceiling of a perfect predictor
 * @param recallDraw_KR recalls under resampling, in the order of {@link AttributeScores}
 */
record AttributeReading(
    AttributeMetrics scores,
    AttributeMetrics constant,
    AttributeMetrics ceiling,
    double[][] recallDraw_KR) {

  /** Sizes of the lists, in order. */
  private static final int[] KS = {1, 3, 5};

  private static final List<Metric> RECALLS =
      List.of(Metric.RECALL_1, Metric.RECALL_3, Metric.RECALL_5);
  private static final List<Metric> POOLED =
      List.of(Metric.POOLED_RECALL_1, Metric.POOLED_RECALL_3, Metric.POOLED_RECALL_5);
  private static final List<Metric> PER_ATTRIBUTE =
      List.of(
          Metric.RECALL_1_PER_ATTRIBUTE,
          Metric.RECALL_3_PER_ATTRIBUTE,
          Metric.RECALL_5_PER_ATTRIBUTE);

  static AttributeReading of(
      float[][] score_NA, byte[][] label_NA, long[] training_A, Items items, Bootstrap bootstrap) {
    return new AttributeReading(
        AttributeMetrics.of(score_NA, label_NA),
        AttributeMetrics.constant(training_A, label_NA),
        AttributeMetrics.ceiling(label_NA),
        bootstrap.draws(items, AttributeScores.of(score_NA, label_NA, items, KS)));
  }

  /** Average precisions under resampling, one an attribute, then their mean. */
  static double[][] precisionDraws(
      float[][] score_NA, byte[][] label_NA, Items items, Bootstrap bootstrap) {
    return bootstrap.draws(items, AveragePrecisions.of(score_NA, label_NA, items));
  }

  static boolean anyTrue(byte[][] label_NA) {
    return Arrays.stream(label_NA).anyMatch(label_A -> AttributeMetrics.positives(label_A) > 0);
  }

  /** Adds recall@1, 3 and 5, image by image. */
  Scorecard addRecalls(Scorecard card) {
    return add(card, RECALLS, AttributeScores.PER_IMAGE, AttributeRecall::perImage);
  }

  /** Adds the other two ways to average the recalls. */
  Scorecard addOtherRecalls(Scorecard card) {
    add(card, POOLED, AttributeScores.POOLED, AttributeRecall::pooled);
    return add(card, PER_ATTRIBUTE, AttributeScores.PER_ATTRIBUTE, AttributeRecall::perAttribute);
  }

  /** Adds the mean average precision. */
  Scorecard addPrecision(Scorecard card, double[][] precisionDraw_KR) {
    return card.mean(
        Metric.MEAN_AVERAGE_PRECISION,
        scores.meanAveragePrecision(),
        scores.examples(),
        constant.meanAveragePrecision(),
        ceiling.meanAveragePrecision(),
        precisionDraw_KR[precisionDraw_KR.length - 1]);
  }

  private Scorecard add(
      Scorecard card, List<Metric> metrics, int way, ToDoubleFunction<AttributeRecall> value) {
    for (int k = 0; k < KS.length; k++) {
      double score = value.applyAsDouble(lists(scores).get(k));
      double[] draw_R = recallDraw_KR[AttributeScores.at(k, way)];
      boolean overAttributes = way == AttributeScores.PER_ATTRIBUTE;
      card.share(
          metrics.get(k),
          score,
          scores.examples(),
          value.applyAsDouble(lists(constant).get(k)),
          value.applyAsDouble(lists(ceiling).get(k)),
          overAttributes ? Bootstrap.centred(score, draw_R) : draw_R);
    }
    return card;
  }

  private static List<AttributeRecall> lists(AttributeMetrics metrics) {
    return List.of(metrics.at1(), metrics.at3(), metrics.at5());
  }
}
