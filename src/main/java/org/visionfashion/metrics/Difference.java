package org.visionfashion.metrics;

/**
 * How far one score lies from another on the same examples.
 *
 * @param value score minus reference
 * @param interval 95 % confidence, from the differences of the draws that both met; null where they
 *     met none
 */
public record Difference(double value, Interval interval) {

  /**
   * The paired bootstrap of {@code score - reference}.
   *
   * @param draw_R the score's values, see {@link Bootstrap#draws}
   * @param referenceDraw_R the reference's, by the same draws of the same items
   * @throws IllegalArgumentException where they are not as many
   */
  public static Difference of(
      double score, double[] draw_R, double reference, double[] referenceDraw_R) {
    if (draw_R.length != referenceDraw_R.length) {
      throw new IllegalArgumentException(
          "%d draws do not pair with %d".formatted(draw_R.length, referenceDraw_R.length));
    }
    double[] difference_R = new double[draw_R.length];
    for (int r = 0; r < difference_R.length; r++) {
      difference_R[r] = draw_R[r] - referenceDraw_R[r];
    }
    return new Difference(score - reference, Interval.of(difference_R));
  }
}
