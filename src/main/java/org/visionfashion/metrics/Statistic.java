package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Scores as a function of how often every item counts. A weight of 2 is worth the same as having
 * all examples of the item twice; every item once is the score itself. Thread-safe.
 */
public interface Statistic {

  /** Number of items that the examples belong to. */
  int items();

  /**
   * K scores, always as many.
   *
   * @param weight_I how often each item counts, 0 or more
   * @return NaN for a score that these weights leave without an example
   */
  double[] of(int[] weight_I);

  /** The K scores themselves: every item counts once. */
  default double[] value() {
    return of(once(items()));
  }

  /** Weights of 1. */
  static int[] once(int items) {
    int[] once_I = new int[items];
    Arrays.fill(once_I, 1);
    return once_I;
  }
}
