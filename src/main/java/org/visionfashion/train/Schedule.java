package org.visionfashion.train;

import java.util.List;
import org.visionfashion.config.OptimizerConfig;

/** Learning rates as pure functions of the step and of the validation losses so far. */
public final class Schedule {

  private Schedule() {}

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param steps of the whole stage
   * @param validationLosses one an epoch so far; only the plateau schedule looks at them
   */
  public static double rate(
      OptimizerConfig config, long step, long steps, List<Double> validationLosses) {
    long warmup = Math.round(config.warmup() * steps);
    return switch (config.schedule()) {
      case COSINE -> cosine(config.lr(), step, warmup, steps);
      case CONSTANT -> warm(config.lr(), step, warmup);
      case PLATEAU ->
          warm(config.lr(), step, warmup)
              * plateau(config.plateauFactor(), config.plateauPatience(), validationLosses);
    };
  }

  /** Rises linearly to {@code base} over {@code warmup} steps, then falls as a half cosine to 0. */
  static double cosine(double base, long step, long warmup, long steps) {
    if (step < warmup) {
      return warm(base, step, warmup);
    }
    double progress = (double) (step - warmup) / Math.max(1, steps - warmup);
    return base * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /** Rises linearly to {@code base} over {@code warmup} steps and stays. */
  static double warm(double base, long step, long warmup) {
    return step < warmup ? base * (step + 1) / warmup : base;
  }

  /**
   * The product of the factors that PyTorch's ReduceLROnPlateau would have applied: one each time
   * more than {@code patience} epochs in a row brought no better loss (by a relative 1e-4).
   */
  static double plateau(double factor, int patience, List<Double> losses) {
    double scale = 1;
    double best = Double.POSITIVE_INFINITY;
    int bad = 0;
    for (double loss : losses) {
      if (loss < best * (1 - 1e-4)) {
        best = loss;
        bad = 0;
      } else if (++bad > patience) {
        scale *= factor;
        bad = 0;
      }
    }
    return scale;
  }
}
