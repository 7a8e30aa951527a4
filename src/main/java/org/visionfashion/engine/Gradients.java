package org.visionfashion.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * Whether libtorch records what is computed. Its gradient mode belongs to the thread and is on in
 * every new one; here it is off except between {@link #record} and {@code close}.
 */
public final class Gradients implements AutoCloseable {

  private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> false);

  private final GradientCollector collector;

  private Gradients(GradientCollector collector) {
    this.collector = collector;
  }

  /** Starts recording on this thread; only one recording exists at a time. */
  public static Gradients record() {
    Gradients gradients = new Gradients(Engine.getEngine("PyTorch").newGradientCollector());
    RECORDING.set(true);
    return gradients;
  }

  static boolean recording() {
    return RECORDING.get();
  }

  /** Adds the gradients of a scalar to every parameter it depends on. */
  public void backward(NDArray loss) {
    collector.backward(loss);
  }

  /** Adds the gradients of {@code sum(output * gradient)}. */
  public void backward(NDArray output, NDArray gradient) {
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
  }

  @Override
  public void close() {
    RECORDING.set(false);
    collector.close();
    JniUtils.setGradMode(false);
  }
}
