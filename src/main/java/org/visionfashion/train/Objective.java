package org.visionfashion.train;

import ai.djl.ndarray.NDArray;

/**
 * What a stage minimises. The two stages are objectives of one loop.
 *
 * @param <B> what a batch consists of
 */
public interface Objective<B> {

  /** Whether the loss reaches a parameter; the others are not touched, decay included. */
  boolean trains(String parameter);

  /**
   * The loss of a batch, a scalar.
   *
   * @param training whether dropout is on
   */
  NDArray loss(B batch, boolean training);
}
