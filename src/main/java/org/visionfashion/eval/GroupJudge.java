package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeMetrics;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.Items;

/** Judges groups of attributes of which one value holds, with NA as a value and without. */
final class GroupJudge {

  private final ExclusiveGroups groups;
  private final long[] training_W;
  private final Bootstrap bootstrap;

  GroupJudge(ExclusiveGroups groups, long[] training_W, Bootstrap bootstrap) {
    this.groups = groups;
    this.training_W = training_W;
    this.bootstrap = bootstrap;
  }

  /**
   * The groups in one reading.
   *
   * @param mean over the groups; NaN where there is none
   * @param constantMean of always naming the most frequent of training
   * @param draw_R the mean under resampling
   * @param each group by group
   */
  record Reading(
      double mean, double constantMean, double[] draw_R, List<AttributeReport.Accuracy> each) {

    /** Adds the mean over the groups. */
    Scorecard add(Scorecard card, Metric metric, int pictures) {
      return card.share(
          metric, mean, pictures, constantMean, each.isEmpty() ? Double.NaN : 1, draw_R);
    }
  }

  Reading judge(float[][] logit_NA, byte[][] label_NA, Items items, boolean withNotApplicable) {
    byte[][] label_NW = groups.labels(label_NA);
    float[][] score_NW = groups.scores(logit_NA);
    byte[][] outcome_NG = groups.outcomes(score_NW, label_NW, withNotApplicable);
    double[] accuracy_G = groups.accuracies(score_NW, label_NW, withNotApplicable);
    double[] constant_G = groups.constantAccuracies(training_W, label_NW, withNotApplicable);
    double[][] draw_KR = bootstrap.draws(items, groups.statistic(outcome_NG, items));
    List<AttributeReport.Accuracy> each = new ArrayList<>();
    for (int g = 0; g < accuracy_G.length; g++) {
      each.add(
          new AttributeReport.Accuracy(
              counted(outcome_NG, g), accuracy_G[g], Interval.of(draw_KR[1 + g]), constant_G[g]));
    }
    return new Reading(mean(accuracy_G), mean(constant_G), draw_KR[0], each);
  }

  List<String> names() {
    return groups.names();
  }

  private static int counted(byte[][] outcome_NG, int group) {
    return (int)
        Arrays.stream(outcome_NG)
            .filter(outcome_G -> outcome_G[group] != AttributeMetrics.UNKNOWN)
            .count();
  }

  private static double mean(double[] accuracy_G) {
    return Arrays.stream(accuracy_G).filter(Double::isFinite).average().orElse(Double.NaN);
  }
}
