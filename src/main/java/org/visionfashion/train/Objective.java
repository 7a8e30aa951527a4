package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.model.Labels;

/**
 * What a stage minimises. The two stages are objectives of one loop.
 *
 * <p>It comes in two halves, so that a batch can be worked on part by part: what a model makes of
 * each example by itself, which is dear, and how all examples of a batch compare, which is cheap.
 *
 * @param <B> what a batch consists of
 */
public interface Objective<B> {

  /** Whether the loss reaches a parameter; the others are not touched, decay included. */
  boolean trains(String parameter);

  /**
   * Whether {@link #encode} reaches a trained parameter; else its rows have no graph behind them.
   */
  default boolean trainsEncoding() {
    return true;
  }

  /** Puts parameters back within their bounds after a step of the optimizer; none are recorded. */
  default void afterStep() {}

  /**
   * All that the loss needs to know of the examples: tensors (P, ...), a row an example, which does
   * not depend on the other examples.
   *
   * @param training whether dropout is on
   */
  NDList encode(B examples, boolean training);

  /**
   * The share that a part of the examples has in the loss of a batch, a scalar; the shares of all
   * parts add up to the loss.
   *
   * @param rows of the whole batch, (B, ...)
   * @param labels of the whole batch
   * @param part first row and the one behind the last, on the host; the result lives in its manager
   */
  NDArray loss(NDList rows, Labels labels, NDArray part);
}
