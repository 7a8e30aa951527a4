package org.visionfashion.metrics;

/**
 * Scores with their values under resampling.
 *
 * @param value_K the scores themselves
 * @param draw_KR a row for each, see {@link Bootstrap#draws}
 */
public record Estimate(double[] value_K, double[][] draw_KR) {

  /** Scores and draws of one statistic. */
  public static Estimate of(Statistic statistic, Bootstrap bootstrap) {
    return new Estimate(statistic.value(), bootstrap.draws(statistic));
  }

  /** The k-th score's 95 % interval; null where there is none. */
  public Interval interval(int k) {
    return Interval.of(draw_KR[k]);
  }
}
