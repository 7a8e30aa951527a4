package org.visionfashion.eval;

import org.visionfashion.metrics.Interval;

/**
 * One number with what it must be read against.
 *
 * @param name as {@link ScoreKey.Metric#key} has it
 * @param value NaN = could not be measured
 * @param count how many examples it was measured on
 * @param baseline what chance or the constant predictor reaches, NaN = unknown
 * @param best the best attainable value, NaN = unknown
 * @param interval 95 % confidence, null = none
 */
public record Score(
    String name, double value, int count, double baseline, double best, Interval interval) {

  /** Digits worth showing. */
  public int decimals() {
    return ScoreKey.Metric.of(name).map(ScoreKey.Metric::decimals).orElse(4);
  }
}
