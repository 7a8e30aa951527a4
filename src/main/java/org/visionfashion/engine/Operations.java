package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The methods of {@code operations.torchscript}, callable from Java. DJL's own operators keep
 * scalars in Java memory that the collector may free before the backward pass, and have neither
 * BERT's layer nor a fused AdamW; these run inside libtorch.
 *
 * <p>A result belongs to the manager of the first argument: put activations first, parameters
 * behind.
 */
public final class Operations implements AutoCloseable {

  private static final String SOURCE = "operations.torchscript";

  private final NDManager manager;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> methodTags = new ConcurrentHashMap<>();

  /** Loads the operations for tensors on {@code device}. */
  public Operations(Device device) {
    manager = NDManager.newBaseManager(device, "PyTorch");
    byte[] archive = TorchScript.archive("Operations", source());
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String source() {
    try (InputStream stream = Operations.class.getResourceAsStream(SOURCE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls a method that returns one tensor. Gradients are recorded where the calling thread
   * collects them ({@link Gradients#record}).
   */
  public NDArray call(String method, NDArray... arguments) {
    NDList inputs = new NDList(arguments);
    inputs.add(methodTags.computeIfAbsent(method, this::methodTag));
    return IValueUtils.forward(module, inputs, Gradients.recording()).singletonOrThrow();
  }

  /** DJL takes the method's name from the name of an otherwise unused array. */
  private NDArray methodTag(String method) {
    NDArray tag = manager.zeros(new Shape(1));
    tag.setName("module_method:" + method);
    return tag;
  }

  /** The global L2 norm of the gradients of these parameters. */
  public double gradientNorm(Collection<NDArray> parameters) {
    try (IValue list = list(parameters);
        IValue norm = IValueUtils.runMethod(module, "gradient_norm", list)) {
      return norm.toDouble();
    }
  }

  /**
   * One AdamW update in place, by gradients times {@code gradientScale}; zeroes the gradients.
   *
   * @param parameters the tensors to change; the other lists run along with it
   * @param steps one float scalar a parameter, counted up here
   * @return number of tensors that had a gradient
   */
  public long adamw(
      Collection<NDArray> parameters,
      Collection<NDArray> firstMoments,
      Collection<NDArray> secondMoments,
      Collection<NDArray> steps,
      AdamWStep step) {
    try (IValue p = list(parameters);
        IValue m = list(firstMoments);
        IValue v = list(secondMoments);
        IValue t = list(steps);
        IValue lr = IValue.from(step.lr());
        IValue beta1 = IValue.from(step.beta1());
        IValue beta2 = IValue.from(step.beta2());
        IValue decay = IValue.from(step.weightDecay());
        IValue epsilon = IValue.from(step.epsilon());
        IValue scale = IValue.from(step.gradientScale());
        IValue count =
            IValueUtils.runMethod(
                module, "adamw", p, m, v, t, lr, beta1, beta2, decay, epsilon, scale)) {
      return count.toLong();
    }
  }

  /** The numbers of one AdamW update. */
  public record AdamWStep(
      double lr,
      double beta1,
      double beta2,
      double weightDecay,
      double epsilon,
      double gradientScale) {}

  private static IValue list(Collection<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
