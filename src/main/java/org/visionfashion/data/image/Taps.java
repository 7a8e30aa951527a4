package org.visionfashion.data.image;

import org.visionfashion.config.ModelConfig.Resampling;

/**
 * Which source samples make each target sample along one axis, and with what weight. Set anew for
 * each picture.
 */
final class Taps {

  /** Bits of a weight behind the point. */
  static final int BITS = 22;

  /**
   * A stretch of a line of samples.
   *
   * @param samples that it touches
   * @param start of the stretch, counted in samples from the first of these; below 1
   * @param length in samples
   */
  record Axis(int samples, double start, double length) {

    /**
     * A stretch of pixels on a line of samples that stand for several pixels each.
     *
     * @param reduction pixels of a sample
     */
    static Axis of(int from, int length, int reduction) {
      int first = from / reduction;
      int end = (from + length + reduction - 1) / reduction;
      return new Axis(
          end - first,
          (double) (from - first * reduction) / reduction,
          (double) length / reduction);
    }
  }

  private int[] first = {};
  private int[] count = {};
  private int[] weights = {};
  private double[] exact = {};
  private int length;
  private int stride;

  /**
   * The taps of Pillow's antialiased resampling: a filter as wide as the reduction.
   *
   * @param axis of the source
   * @param out length of the whole target axis
   * @param from first target sample that is wanted
   * @param length number of target samples that are wanted
   */
  void set(Axis axis, int out, int from, int length, Resampling resampling) {
    double scale = axis.length() / out;
    double filterScale = Math.max(scale, 1);
    double support = filterScale * radius(resampling);
    this.length = length;
    stride = 2 * (int) Math.ceil(support) + 1;
    makeRoom();
    for (int i = 0; i < length; i++) {
      double centre = axis.start() + (from + i + 0.5) * scale;
      first[i] = Math.max((int) (centre - support + 0.5), 0);
      count[i] = Math.min((int) (centre + support + 0.5), axis.samples()) - first[i];
      double sum = 0;
      for (int j = 0; j < count[i]; j++) {
        exact[j] = weight((first[i] + j - centre + 0.5) / filterScale, resampling);
        sum += exact[j];
      }
      for (int j = 0; j < count[i]; j++) {
        weights[i * stride + j] = toFixedPoint(exact[j] / sum);
      }
    }
  }

  private void makeRoom() {
    if (first.length < length) {
      first = new int[length];
      count = new int[length];
    }
    if (weights.length < length * stride) {
      weights = new int[length * stride];
    }
    if (exact.length < stride) {
      exact = new double[stride];
    }
  }

  /** First source sample that any target sample needs. */
  int sourceFrom() {
    return first[0];
  }

  /** How many source samples from there on are needed. */
  int sourceLength() {
    return first[length - 1] + count[length - 1] - first[0];
  }

  /** The first source sample of a target sample, counted from {@link #sourceFrom}. */
  int first(int target) {
    return first[target] - first[0];
  }

  /** Number of source samples of a target sample. */
  int count(int target) {
    return count[target];
  }

  /** Weight of a target sample's tap in fixed point; those of a target sum to one. */
  int weight(int target, int tap) {
    return weights[target * stride + tap];
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
