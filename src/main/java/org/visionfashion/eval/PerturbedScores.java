package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.visionfashion.metrics.Interval;

/**
 * What a model says about the same pictures when they are spoilt.
 *
 * @param perturbation what was done to them
 * @param drops one score each
 */
public record PerturbedScores(String perturbation, List<Drop> drops) {

  public PerturbedScores {
    drops = List.copyOf(drops);
  }

  /**
   * One score.
   *
   * @param key full name, as {@link Section#key(Score)} has it
   * @param value on the spoilt pictures
   * @param drop on the pictures as they are, minus value
   * @param ci95Drop 95 % interval of the drop by the paired bootstrap, null where there is none
   */
  public record Drop(
      String key, double value, double drop, @JsonProperty("ci95_drop") Interval ci95Drop) {}
}
