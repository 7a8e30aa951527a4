package org.visionfashion.train;

import java.util.Arrays;

/**
 * What InfoNCE cannot fall below where captions repeat and only a pair's own counts as right: of k
 * pictures with one caption none can tell which of the k equal texts is its own, and none of these
 * which picture, so that each loses log k at best.
 */
final class CaptionFloor {

  /** Chances that much smaller than the largest one do not count. */
  private static final double NEGLIGIBLE = 1e-12;

  private CaptionFloor() {}

  /**
   * The mean over batches that are drawn without replacement.
   *
   * @param counts how often each distinct caption stands
   * @param batch pairs of a batch, at most the sum of the counts
   */
  static double of(int[] counts, int batch) {
    int[] sorted = counts.clone();
    Arrays.sort(sorted);
    long all = Arrays.stream(sorted).asLongStream().sum();
    double sum = 0;
    double ofCount = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        ofCount = meanLog(all - 1, sorted[i] - 1L, batch - 1L);
      }
      sum += sorted[i] * ofCount;
    }
    return sum / all;
  }

  /**
   * The mean of log(1 + h), h being how many of {@code drawn} are marked where {@code marked} of
   * {@code all} are: the hypergeometric distribution, from its mode to both sides.
   */
  private static double meanLog(long all, long marked, long drawn) {
    long least = Math.max(0, drawn - (all - marked));
    long most = Math.min(marked, drawn);
    long mode = Math.max(least, Math.min(most, (drawn + 1) * (marked + 1) / (all + 2)));
    double weights = 1;
    double sum = Math.log1p((double) mode);
    double weight = 1;
    for (long h = mode; h < most && weight > NEGLIGIBLE; h++) {
      weight *= ratio(all, marked, drawn, h);
      weights += weight;
      sum += weight * Math.log1p(h + 1.0);
    }
    weight = 1;
    for (long h = mode - 1; h >= least && weight > NEGLIGIBLE; h--) {
      weight /= ratio(all, marked, drawn, h);
      weights += weight;
      sum += weight * Math.log1p((double) h);
    }
    return sum / weights;
  }

  /** The chance of h + 1 over that of h. */
  private static double ratio(long all, long marked, long drawn, long h) {
    return (double) (marked - h) * (drawn - h) / ((h + 1.0) * (all - marked - drawn + h + 1));
  }
}
