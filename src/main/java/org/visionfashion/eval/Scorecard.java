package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Interval;

/** A section as it grows, along with its scores' values under resampling. */
final class Scorecard {

  private final Group group;
  private final String title;
  private final List<Score> scores = new ArrayList<>();
  private final Map<String, double[]> draws = new LinkedHashMap<>();

  Scorecard(Group group, String title) {
    this.group = group;
    this.title = title;
  }

  /** Adds the k-th of some scores, each between 0 and 1. */
  Scorecard share(
      Metric metric, Estimate estimate, int k, int count, double baseline, double best) {
    return add(metric, estimate.value_K()[k], count, baseline, best, estimate.draw_KR()[k]);
  }

  /** The same of a mean over classes or attributes, see {@link Bootstrap#centred}. */
  Scorecard mean(Metric metric, Estimate estimate, int k, int count, double baseline, double best) {
    double value = estimate.value_K()[k];
    double[] draw_R = Bootstrap.centred(value, estimate.draw_KR()[k]);
    return add(metric, value, count, baseline, best, draw_R);
  }

  /** Adds a score without an interval, whose best attainable value nobody knows. */
  Scorecard plain(Metric metric, double value, int count, double baseline) {
    scores.add(new Score(metric.key(), value, count, baseline, Double.NaN, null));
    return this;
  }

  private Scorecard add(
      Metric metric, double value, int count, double baseline, double best, double[] draw_R) {
    draws.put(new ScoreKey(group, metric).key(), draw_R);
    scores.add(new Score(metric.key(), value, count, baseline, best, Interval.of(draw_R)));
    return this;
  }

  Section section() {
    return new Section(group.key(), title, group.counted(), group.baseline(), scores);
  }

  Map<String, double[]> draws() {
    return draws;
  }
}
