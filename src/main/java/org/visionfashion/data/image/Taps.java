package org.visionfashion.data.image;

import org.visionfashion.config.ModelConfig.Resampling;

/**
 * Which source samples make each target sample along one axis, and with what weight.
 *
 * @param first index of the first source sample of each target sample
 * @param count number of source samples of each target sample
 * @param stride places that each target sample has in {@code weights}
 * @param weights fixed point, {@link #BITS} bits behind the point; each target's sum to one
 */
record Taps(int[] first, int[] count, int stride, int[] weights) {

  static final int BITS = 22;

  /**
   * The taps of Pillow's antialiased resampling: a filter as wide as the reduction.
   *
   * @param in length of the source axis
   * @param out length of the whole target axis
   * @param from first target sample that is wanted
   * @param length number of target samples that are wanted
   */
  static Taps of(int in, int out, int from, int length, Resampling resampling) {
    double scale = (double) in / out;
    double filterScale = Math.max(scale, 1);
    double support = filterScale * radius(resampling);
    int stride = 2 * (int) Math.ceil(support) + 1;
    Taps taps = new Taps(new int[length], new int[length], stride, new int[length * stride]);
    double[] weights = new double[stride];
    for (int i = 0; i < length; i++) {
      double centre = (from + i + 0.5) * scale;
      int first = Math.max((int) (centre - support + 0.5), 0);
      int count = Math.min((int) (centre + support + 0.5), in) - first;
      double sum = 0;
      for (int j = 0; j < count; j++) {
        weights[j] = weight((first + j - centre + 0.5) / filterScale, resampling);
        sum += weights[j];
      }
      taps.first[i] = first;
      taps.count[i] = count;
      for (int j = 0; j < count; j++) {
        taps.weights[i * stride + j] = toFixedPoint(weights[j] / sum);
      }
    }
    return taps;
  }

  /** First source sample that any target sample needs. */
  int sourceFrom() {
    return first[0];
  }

  /** One past the last source sample that any target sample needs. */
  int sourceTo() {
    int last = first.length - 1;
    return first[last] + count[last];
  }

  private static int radius(Resampling resampling) {
    return resampling == Resampling.BICUBIC ? 2 : 1;
  }

  /** The triangle, or Keys' cubic with a = -1/2 (Keys 1981). */
  private static double weight(double x, Resampling resampling) {
    double d = Math.abs(x);
    if (resampling == Resampling.BILINEAR) {
      return Math.max(0, 1 - d);
    }
    if (d < 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }

  /** Rounds half away from zero. */
  private static int toFixedPoint(double weight) {
    return (int) (weight * (1 << BITS) + Math.copySign(0.5, weight));
  }
}
