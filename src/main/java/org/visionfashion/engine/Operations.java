package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
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
 * <p>A result belongs to the manager of the first array given: put activations first, parameters
 * behind.
 */
public final class Operations implements AutoCloseable {

  private static final String SOURCE = "operations.torchscript";

  private final NDManager manager;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> methodTags = new ConcurrentHashMap<>();

  /** Loads the operations for tensors on {@code device}. */
  public Operations(Device device) {
    manager = Machine.newManager(device);
    byte[] archive = TorchScript.archive("Operations", source());
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Their text: {@code class Operations(Module)}. */
  public static String source() {
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
    return callForList(method, arguments).singletonOrThrow();
  }

  /** The same of a method that returns several. */
  public NDList callForList(String method, NDArray... arguments) {
    NDList inputs = new NDList(arguments);
    inputs.add(methodTag(method));
    return runForList(inputs);
  }

  private NDArray run(NDList inputs) {
    return runForList(inputs).singletonOrThrow();
  }

  private NDList runForList(NDList inputs) {
    // The mode belongs to the thread and is on in each new one. DJL's own switch (the last
    // argument) would go through a guard that libtorch calls deprecated, with a warning on the
    // console.
    JniUtils.setGradMode(Gradients.recording());
    // Else libtorch runs a method otherwise when it meets it again, and rounds otherwise: a run
    // that
    // is resumed would not be the run that was never interrupted. This belongs to the thread, too.
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.forward(module, inputs, true);
  }

  /** DJL takes the method's name from the name of an otherwise unused array. */
  private NDArray methodTag(String method) {
    return methodTags.computeIfAbsent(
        method,
        name -> {
          NDArray tag = manager.zeros(new Shape(1));
          tag.setName("module_method:" + name);
          return tag;
        });
  }

  /** Overwrites a tensor in its own memory, row by row; {@code NDArray.set} would move it away. */
  public void assign(NDArray target, float[] values) {
    try (NDArray source = manager.create(values, target.getShape())) {
      run(new NDList(methodTag("assign"), target, source)).close();
    }
  }

  /**
   * The sum of all products of a part's rows with the gradients of those rows, a scalar in the
   * part's manager: differentiating it passes the gradients on to whatever the rows came from.
   *
   * <p>One thread at a time: the lists are made by giving names to the arrays, which others may
   * use.
   *
   * @param part first row and the one behind the last, on the host
   * @param rows of the part
   * @param gradients of all rows of the batch, one for each of {@code rows}
   */
  public synchronized NDArray innerProducts(NDArray part, NDList rows, NDList gradients) {
    NDList inputs = new NDList(part, methodTag("inner_products"));
    addList(inputs, "rows", rows);
    addList(inputs, "gradients", gradients);
    try {
      return run(inputs);
    } finally {
      clearNames(inputs);
    }
  }

  /** Rows of parts of a batch, (P, ...) each, as one tensor in the manager of the first of them. */
  public synchronized NDArray gather(NDList rows) {
    NDList inputs = new NDList();
    addList(inputs, "rows", rows);
    inputs.add(methodTag("gather"));
    try {
      return run(inputs);
    } finally {
      clearNames(inputs);
    }
  }

  /** Overwrites tensors in their own memory by others, one for one, also from another device. */
  public void assign(Collection<NDArray> targets, Collection<NDArray> sources) {
    callOnPairs("assign_all", "targets", targets, "sources", sources);
  }

  /** Exchanges the values of tensors of one device, one for one. */
  public void swap(Collection<NDArray> ones, Collection<NDArray> others) {
    callOnPairs("swap_all", "ones", ones, "others", others);
  }

  /**
   * What passes the gradients of matrices on to the factors of what is added to them, when it is
   * differentiated: a scalar.
   *
   * @param downs (R, in), one a matrix (out, in)
   * @param ups (out, R)
   * @param scale of the product of the two
   */
  public NDArray adapterProducts(
      Collection<NDArray> matrices,
      Collection<NDArray> downs,
      Collection<NDArray> ups,
      double scale) {
    NDList inputs = new NDList(methodTag("adapter_products"));
    addList(inputs, "matrices", matrices);
    return withFactors(inputs, downs, ups, scale);
  }

  /** Makes matrices what they began with plus the scaled product of the factors. */
  public void mergeAdapters(
      Collection<NDArray> matrices,
      Collection<NDArray> bases,
      Collection<NDArray> downs,
      Collection<NDArray> ups,
      double scale) {
    NDList inputs = new NDList(methodTag("merge_adapters"));
    addList(inputs, "matrices", matrices);
    addList(inputs, "bases", bases);
    withFactors(inputs, downs, ups, scale).close();
  }

  private NDArray withFactors(
      NDList inputs, Collection<NDArray> downs, Collection<NDArray> ups, double scale) {
    addList(inputs, "downs", downs);
    addList(inputs, "ups", ups);
    try (NDArray constants = NativeArrays.onHost(manager, DataType.FLOAT64, scale)) {
      inputs.add(constants);
      return run(inputs);
    } finally {
      clearNames(inputs);
    }
  }

  /** Moves tensors towards others in their own memory: {@code keep} of a target remains. */
  public void average(Collection<NDArray> targets, Collection<NDArray> sources, double keep) {
    NDList inputs = new NDList(methodTag("average_all"));
    addList(inputs, "targets", targets);
    addList(inputs, "sources", sources);
    try (NDArray constants = NativeArrays.onHost(manager, DataType.FLOAT64, keep)) {
      inputs.add(constants);
      run(inputs).close();
    } finally {
      clearNames(inputs);
    }
  }

  /** Adds the gradients of other parameters, one for one, and zeroes them there. */
  public void takeGradients(Collection<NDArray> parameters, Collection<NDArray> others) {
    callOnPairs("take_gradients", "parameters", parameters, "others", others);
  }

  private void callOnPairs(
      String method,
      String first,
      Collection<NDArray> ones,
      String second,
      Collection<NDArray> others) {
    NDList inputs = new NDList(methodTag(method));
    addList(inputs, first, ones);
    addList(inputs, second, others);
    try {
      run(inputs).close();
    } finally {
      clearNames(inputs);
    }
  }

  /** The global L2 norm of the gradients of these parameters. */
  public double gradientNorm(Collection<NDArray> parameters) {
    // The tag goes first: what comes back must not belong to the parameters' manager.
    NDList inputs = new NDList(methodTag("gradient_norm"));
    addList(inputs, "parameters", parameters);
    try (NDArray norm = run(inputs)) {
      return norm.toFloatArray()[0];
    } finally {
      clearNames(inputs);
    }
  }

  /** Sets the gradients of these parameters to zero, where they have one. */
  public void zeroGradients(Collection<NDArray> parameters) {
    NDList inputs = new NDList(methodTag("zero_gradients"));
    addList(inputs, "parameters", parameters);
    try {
      run(inputs).close();
    } finally {
      clearNames(inputs);
    }
  }

  /**
   * One AdamW update in place, by gradients times {@code gradientScale}; zeroes the gradients.
   *
   * @param parameters the tensors to change; the other lists run along with it
   * @param steps one float scalar a parameter, counted up here
   */
  public void adamw(
      Collection<NDArray> parameters,
      Collection<NDArray> firstMoments,
      Collection<NDArray> secondMoments,
      Collection<NDArray> steps,
      AdamWStep step) {
    NDList inputs = new NDList(methodTag("adamw"));
    addList(inputs, "parameters", parameters);
    addList(inputs, "first", firstMoments);
    addList(inputs, "second", secondMoments);
    addList(inputs, "steps", steps);
    double[] numbers = {
      step.lr(),
      step.beta1(),
      step.beta2(),
      step.weightDecay(),
      step.epsilon(),
      step.gradientScale()
    };
    try (NDArray constants = NativeArrays.onHost(manager, DataType.FLOAT64, numbers)) {
      inputs.add(constants);
      run(inputs).close();
    } finally {
      clearNames(inputs);
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

  /** DJL makes one list of the arrays that share a name ending in brackets. */
  private static void addList(NDList inputs, String name, Collection<NDArray> arrays) {
    for (NDArray array : arrays) {
      array.setName(name + "[]");
      inputs.add(array);
    }
  }

  /** The tag keeps its name, and so the method it stands for. */
  private static void clearNames(NDList inputs) {
    for (NDArray array : inputs) {
      if (array.getName() != null && array.getName().endsWith("[]")) {
        array.setName(null);
      }
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
