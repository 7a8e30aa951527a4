package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One part of an evaluation.
 *
 * @param report what goes into the JSON file
 * @param sections the same with everything to read it against
 * @param draws the scores' values under resampling, by full name
 * @param cautions one sentence each
 */
record Judged<R>(
    R report, List<Section> sections, Map<String, double[]> draws, List<String> cautions) {

  /** Nothing to judge. */
  static <R> Judged<R> none() {
    return new Judged<>(null, List.of(), Map.of(), List.of());
  }

  static <R> Judged<R> of(R report, List<Scorecard> cards, List<String> cautions) {
    Map<String, double[]> draws = new LinkedHashMap<>();
    cards.forEach(card -> draws.putAll(card.draws()));
    return new Judged<>(report, cards.stream().map(Scorecard::section).toList(), draws, cautions);
  }

  /** This part and another as parts of a whole. */
  <T> Judged<T> and(Judged<?> other, T whole, List<String> wholeCautions) {
    List<Section> both = new ArrayList<>(sections);
    both.addAll(other.sections);
    Map<String, double[]> all = new LinkedHashMap<>(draws);
    all.putAll(other.draws);
    return new Judged<>(whole, both, all, wholeCautions);
  }
}
