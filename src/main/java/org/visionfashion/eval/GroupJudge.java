package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.ConstantPredictor;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Items;

/** Judges groups of attributes of which one value holds, with NA as a value and without. */
final class GroupJudge {

  private final ExclusiveGroups groups;
  private final long[] training_W;
  private final Items items;
  private final Scoreboard board;

  GroupJudge(ExclusiveGroups groups, long[] training_W, Items items, Scoreboard board) {
    this.groups = groups;
    this.training_W = training_W;
    this.items = items;
    this.board = board;
  }

  /**
   * The groups in one reading.
   *
   * @param accuracy the mean over the groups, then group by group
   * @param constant the same of always naming the most frequent of training
   * @param outcome_NG see {@link ExclusiveGroups#outcomes}
   */
  record Reading(Estimate accuracy, double[] constant, byte[][] outcome_NG) {

    /** Adds the mean over the groups. */
    void add(Scoreboard.Card card, Metric metric) {
      double best = constant.length > 1 ? 1 : Double.NaN;
      card.share(metric, accuracy, 0, outcome_NG.length, constant[0], best);
    }

    Details.Accuracy details(int group) {
      long counted =
          Arrays.stream(outcome_NG)
              .filter(outcome_G -> outcome_G[group] != AttributeScores.UNKNOWN)
              .count();
      int at = 1 + group;
      return new Details.Accuracy(
          (int) counted, accuracy.value_K()[at], accuracy.interval(at), constant[at]);
    }
  }

  Reading judge(float[][] logit_NA, byte[][] label_NA, boolean withNotApplicable) {
    byte[][] label_NW = groups.labels(label_NA);
    float[][] constant_NW = ConstantPredictor.scores(training_W, label_NA.length);
    byte[][] outcome_NG = groups.outcomes(groups.scores(logit_NA), label_NW, withNotApplicable);
    byte[][] constant_NG = groups.outcomes(constant_NW, label_NW, withNotApplicable);
    return new Reading(
        board.estimate(groups.statistic(outcome_NG, items)),
        groups.statistic(constant_NG, items).value(),
        outcome_NG);
  }

  List<String> names() {
    return groups.names();
  }
}
