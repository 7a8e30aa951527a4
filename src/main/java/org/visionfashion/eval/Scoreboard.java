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
import org.visionfashion.metrics.Statistic;

/**
 * All scores of an evaluation and what is to be said of them, as judge after judge adds its own.
 */
final class Scoreboard {

  private final Bootstrap bootstrap;
  private final List<Card> cards = new ArrayList<>();
  private final Map<String, double[]> draws = new LinkedHashMap<>();
  private final List<String> cautions = new ArrayList<>();

  Scoreboard(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Scores with their values in every draw. */
  Estimate estimate(Statistic statistic) {
    return Estimate.of(statistic, bootstrap);
  }

  /** A section of its own, below those before it. */
  Card card(Group group, String title) {
    Card card = new Card(group, title);
    cards.add(card);
    return card;
  }

  Card card(Group group) {
    return card(group, group.label());
  }

  void caution(List<String> sentences) {
    cautions.addAll(sentences);
  }

  List<Section> sections() {
    return cards.stream()
        .map(Card::section)
        .filter(section -> !section.scores().isEmpty())
        .toList();
  }

  /** The scores' values under resampling, by their full names. */
  Map<String, double[]> draws() {
    return draws;
  }

  List<String> cautions() {
    return cautions;
  }

  /** A section as it grows. */
  final class Card {

    private final Group group;
    private final String title;
    private final List<Score> scores = new ArrayList<>();

    private Card(Group group, String title) {
      this.group = group;
      this.title = title;
    }

    /** Adds the k-th of some scores, each between 0 and 1. */
    Card share(Metric metric, Estimate estimate, int k, int count, double baseline, double best) {
      return add(metric, estimate.value_K()[k], count, baseline, best, estimate.draw_KR()[k]);
    }

    /** The same of a mean over classes or attributes, see {@link Bootstrap#centred}. */
    Card mean(Metric metric, Estimate estimate, int k, int count, double baseline, double best) {
      double value = estimate.value_K()[k];
      double[] draw_R = Bootstrap.centred(value, estimate.draw_KR()[k]);
      return add(metric, value, count, baseline, best, draw_R);
    }

    /** Adds a score without an interval, whose best attainable value nobody knows. */
    Card plain(Metric metric, double value, int count, double baseline) {
      scores.add(new Score(metric.key(), value, count, baseline, Double.NaN, null));
      return this;
    }

    private Card add(
        Metric metric, double value, int count, double baseline, double best, double[] draw_R) {
      draws.put(new ScoreKey(group, metric).key(), draw_R);
      scores.add(new Score(metric.key(), value, count, baseline, best, Interval.of(draw_R)));
      return this;
    }

    private Section section() {
      return new Section(group.key(), title, group.counted(), group.baseline(), scores);
    }
  }
}
