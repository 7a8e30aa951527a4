package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /**
   * The 95 % percentile interval of a score's values under resampling; draws that left the score
   * without an example (NaN) do not count.
   *
   * @return null where there is no draw
   */
  public static Interval of(double[] draw_R) {
    double[] sorted = Arrays.stream(draw_R).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0
        ? null
        : new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /** Linear between the two nearest, as NumPy's default. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
