package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
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

  /** Adds a value between 0 and 1 with its values in every draw. */
  Scorecard share(
      Metric metric, double value, int count, double chance, double best, double[] draw_R) {
    draws.put(new ScoreKey(group, metric).key(), draw_R);
    return add(metric, value, count, chance, best, Interval.of(draw_R));
  }

  /** The same of a mean over classes or attributes, see {@link Bootstrap#centred}. */
  Scorecard mean(
      Metric metric, double value, int count, double chance, double best, double[] draw_R) {
    return share(metric, value, count, chance, best, Bootstrap.centred(value, draw_R));
  }

  /** Adds a score without an interval, whose best attainable value nobody knows. */
  Scorecard plain(Metric metric, double value, int count, double chance) {
    return add(metric, value, count, chance, Double.NaN, null);
  }

  private Scorecard add(
      Metric metric, double value, int count, double chance, double best, Interval interval) {
    scores.add(new Score(metric.key(), value, metric.decimals(), count, chance, best, interval));
    return this;
  }

  Section section() {
    return new Section(group.key(), title, group.counted(), group.baseline(), scores);
  }

  /** By the full names of the scores. */
  Map<String, double[]> draws() {
    return draws;
  }
}
