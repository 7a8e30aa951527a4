package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A way through a batch to the gradients of its loss. All ways give the same sums.
 *
 * @param <B> what a batch consists of
 */
interface Pass<B> {

  /**
   * Adds the gradients of {@code scale} times the loss to those of the trained parameters.
   *
   * @param scale a scalar
   * @param scope owns the tensors of the pass
   * @return the loss
   */
  double differentiate(BatchInParts<B> batch, NDArray scale, NDManager scope);
}
