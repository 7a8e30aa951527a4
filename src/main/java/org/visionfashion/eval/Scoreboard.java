package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Statistic;

/**
 * All scores of an evaluation and what is to be said of them, as judge after judge adds its own.
 */
final class Scoreboard {

  private final Bootstrap bootstrap;
  private final List<Scorecard> cards = new ArrayList<>();
  private final List<String> cautions = new ArrayList<>();

  Scoreboard(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Scores with their values in every draw. */
  Estimate estimate(Statistic statistic) {
    return Estimate.of(statistic, bootstrap);
  }

  /** A section of its own, below those before it. */
  Scorecard card(Group group, String title) {
    Scorecard card = new Scorecard(group, title);
    cards.add(card);
    return card;
  }

  Scorecard card(Group group) {
    return card(group, group.label());
  }

  void caution(List<String> sentences) {
    cautions.addAll(sentences);
  }

  List<Section> sections() {
    return cards.stream()
        .map(Scorecard::section)
        .filter(section -> !section.scores().isEmpty())
        .toList();
  }

  /** By the full names of the scores. */
  Map<String, double[]> draws() {
    Map<String, double[]> draws = new LinkedHashMap<>();
    cards.forEach(card -> draws.putAll(card.draws()));
    return draws;
  }

  List<String> cautions() {
    return cautions;
  }
}
