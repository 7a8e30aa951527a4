package org.visionfashion.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A figure measured several times.
 *
 * @param median of the measurements
 * @param low their first quartile
 * @param high their third quartile
 */
public record Measured(double median, double low, double high) {

  public static Measured of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Measured(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
  }

  /** Linear between the order statistics. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Each measurement put through a monotonous function. */
  public Measured map(DoubleUnaryOperator function) {
    double a = function.applyAsDouble(low);
    double b = function.applyAsDouble(high);
    return new Measured(function.applyAsDouble(median), Math.min(a, b), Math.max(a, b));
  }
}
