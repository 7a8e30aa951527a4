package org.visionfashion.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Whether libtorch records what is computed. Its gradient mode belongs to the thread and is on in
 * every new one; here it is off except between {@link #record} and {@code close}. DJL's own
 * collector allows one thread at a time.
 */
public final class Gradients implements AutoCloseable {

  private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> false);

  private Gradients() {
    if (RECORDING.get()) {
      throw new IllegalStateException("this thread records already");
    }
    RECORDING.set(true);
    JniUtils.setGradMode(true);
  }

  /** Starts recording on this thread. */
  public static Gradients record() {
    return new Gradients();
  }

  /** The result of a computation that is recorded. */
  public static <T> T recorded(Supplier<T> computation) {
    Gradients recording = record();
    try {
      return computation.get();
    } finally {
      recording.close();
    }
  }

  static boolean recording() {
    return RECORDING.get();
  }

  /** Adds the gradients of a scalar to every parameter it depends on. */
  public void backward(NDArray loss) {
    try (NDManager scope = loss.getManager().newSubManager()) {
      backward(loss, scope.ones(loss.getShape()));
    }
  }

  /** Adds the gradients of {@code sum(output * gradient)}. */
  public void backward(NDArray output, NDArray gradient) {
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
  }

  @Override
  public void close() {
    RECORDING.set(false);
    JniUtils.setGradMode(false);
  }
}
