package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Interval;

/** A section as it grows, along with its scores' values under resampling. */
final class Scorecard {

  private final String key;
  private final String title;
  private final String counted;
  private final String baseline;
  private final List<Score> scores = new ArrayList<>();
  private final Map<String, double[]> draws = new LinkedHashMap<>();

  Scorecard(String key, String title, String counted, String baseline) {
    this.key = key;
    this.title = title;
    this.counted = counted;
    this.baseline = baseline;
  }

  /** Adds a value between 0 and 1 with its values in every draw. */
  Scorecard share(
      String name, double value, int count, double chance, double best, double[] draw_R) {
    draws.put(key + "." + name, draw_R);
    return add(Score.share(name, value, count, chance, best, Interval.of(draw_R)));
  }

  /** The same of a mean over classes or attributes, see {@link Bootstrap#centred}. */
  Scorecard mean(
      String name, double value, int count, double chance, double best, double[] draw_R) {
    return share(name, value, count, chance, best, Bootstrap.centred(value, draw_R));
  }

  /** Adds a score without an interval. */
  Scorecard add(Score score) {
    scores.add(score);
    return this;
  }

  Section section() {
    return new Section(key, title, counted, baseline, scores);
  }

  /** By the full names of the scores. */
  Map<String, double[]> draws() {
    return draws;
  }
}
