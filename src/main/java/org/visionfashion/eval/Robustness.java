package org.visionfashion.eval;

import org.visionfashion.metrics.Difference;

/** Sets the scores of spoilt pictures beside those of the pictures as they are. */
public final class Robustness {

  private Robustness() {}

  /**
   * How far every score falls.
   *
   * @param name what was done to the pictures
   * @param clean the pictures as they are
   * @param spoilt the same examples
   */
  public static PerturbedScores drops(String name, Evaluation clean, Evaluation spoilt) {
    return new PerturbedScores(
        name,
        clean.sections().stream()
            .flatMap(
                section ->
                    section.scores().stream()
                        .map(score -> drop(section.key(score), score, clean, spoilt)))
            .toList());
  }

  private static PerturbedScores.Drop drop(
      String key, Score score, Evaluation clean, Evaluation spoilt) {
    double value = spoilt.score(key).map(Score::value).orElse(Double.NaN);
    Difference drop = clean.resamples().difference(key, score.value(), spoilt.resamples(), value);
    return new PerturbedScores.Drop(key, value, drop.value(), drop.interval());
  }
}
