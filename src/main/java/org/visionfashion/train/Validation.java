package org.visionfashion.train;

import java.util.Map;

/**
 * What the validation split says after an epoch.
 *
 * @param loss the objective without dropout, mean over the split
 * @param score what "best" means, higher is better
 * @param values the scores behind it, by name, in the order to show
 */
public record Validation(double loss, double score, Map<String, Double> values) {

  /** Judges the model as it stands. */
  @FunctionalInterface
  public interface Judge {
    Validation judge();
  }
}
