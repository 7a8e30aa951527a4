package org.visionfashion.eval;

import org.visionfashion.metrics.Interval;

/**
 * One number of a report with what it must be read against.
 *
 * @param name as in the JSON file
 * @param value NaN = could not be measured
 * @param decimals digits worth showing
 * @param count how many examples it was measured on
 * @param baseline what chance or the constant predictor reaches, NaN = unknown
 * @param best the best attainable value, NaN = unknown
 * @param interval 95 % confidence, null = none
 */
public record Score(
    String name,
    double value,
    int decimals,
    int count,
    double baseline,
    double best,
    Interval interval) {

  /** A value between 0 and 1. */
  public static Score share(
      String name, double value, int count, double baseline, double best, Interval interval) {
    return new Score(name, value, 4, count, baseline, best, interval);
  }

  /** A distance from what should be, the smaller the better. */
  static Score error(String name, double value, int count) {
    return new Score(name, value, 4, count, Double.NaN, Double.NaN, null);
  }

  /** A rank, from 1; the first is the best there is, but not known to be attainable. */
  static Score rank(String name, double value, int count, double baseline) {
    return new Score(name, value, 1, count, baseline, Double.NaN, null);
  }
}
