package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Interval;

/**
 * Scores on degraded versions of the same pictures.
 *
 * @param perturbation what was done to them
 * @param drops one score each
 */
public record DegradedScores(String perturbation, List<Drop> drops) {

  public DegradedScores {
    drops = List.copyOf(drops);
  }

  /**
   * One score.
   *
   * @param key full name, as {@link Section#key(Score)} has it
   * @param value on the degraded pictures
   * @param drop on the pictures as they are, minus value
   * @param ci95Drop 95 % interval of the drop by the paired bootstrap, null where there is none
   */
  public record Drop(
      String key, double value, double drop, @JsonProperty("ci95_drop") Interval ci95Drop) {}

  /** How far every score falls from one evaluation to another of the same examples. */
  static DegradedScores of(String perturbation, EvaluatedModel clean, EvaluatedModel degraded) {
    return new DegradedScores(
        perturbation,
        clean.evaluation().sections().stream()
            .flatMap(
                section ->
                    section.scores().stream()
                        .map(score -> drop(section.key(score), score.value(), clean, degraded)))
            .toList());
  }

  private static Drop drop(
      String key, double clean, EvaluatedModel asTheyAre, EvaluatedModel degraded) {
    double value = degraded.evaluation().score(key).map(Score::value).orElse(Double.NaN);
    Difference drop = asTheyAre.resamples().difference(key, clean, degraded.resamples(), value);
    return new Drop(key, value, drop.value(), drop.interval());
  }
}
