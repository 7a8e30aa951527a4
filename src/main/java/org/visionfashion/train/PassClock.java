package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/** Tells the time of copying a batch to the device from that of the passes around it. */
final class PassClock {

  private final boolean waits;
  private final long start = System.nanoTime();
  private long placed;
  private long forward;

  /**
   * @param waits whether the backward pass is held back until the device has done the forward pass:
   *     only so are their times apart on a GPU
   */
  PassClock(boolean waits) {
    this.waits = waits;
  }

  /** Counts what the work takes as copying. */
  <T> T placing(Supplier<T> work) {
    long began = System.nanoTime();
    T result = work.get();
    placed += System.nanoTime() - began;
    return result;
  }

  /** The forward pass has come to the loss. */
  void forwardEnds(NDArray loss) {
    if (waits) {
      loss.toFloatArray();
    }
    forward = passes();
  }

  /** What was measured from the start to now. */
  BatchLoss.Pass pass(double loss) {
    return new BatchLoss.Pass(loss, placed / 1e9, forward / 1e9, (passes() - forward) / 1e9);
  }

  private long passes() {
    return System.nanoTime() - start - placed;
  }
}
