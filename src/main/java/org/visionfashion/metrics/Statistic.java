package org.visionfashion.metrics;

/**
 * Scores as a function of how often every item counts. A weight of 2 is worth the same as having
 * all examples of the item twice. Must be thread-safe.
 */
@FunctionalInterface
public interface Statistic {

  /**
   * K scores, always as many.
   *
   * @param weight_I how often each item counts, 0 or more
   * @return NaN for a score that these weights leave without an example
   */
  double[] of(int[] weight_I);
}
