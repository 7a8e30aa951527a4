package org.visionfashion.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;

/**
 * The tensors of a model by their names in the checkpoint, in order of creation. A block asks for
 * its parameters while it is built, so the blocks' constructors are the list of names and shapes.
 */
public final class Parameters implements AutoCloseable {

  private final NDManager manager;
  private final Operations operations;
  private final ParameterValues values;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final List<Products> products = new ArrayList<>();
  private MatrixType trainingType = MatrixType.FP32;

  /**
   * @param values where the first values come from: random numbers, or a file
   */
  public Parameters(Device device, ParameterValues values) {
    this.manager = Machine.newManager(device);
    this.operations = new Operations(device);
    this.values = values;
  }

  /** Creates a parameter. */
  public NDArray create(String name, ParameterValues.Initial initial, long... shape) {
    ParameterValues.Values first = values.values(name, shape, initial);
    NDArray parameter = NativeArrays.create(manager, new Shape(shape), first::writeTo);
    if (tensors.put(name, parameter) != null) {
      throw new IllegalStateException("two parameters are called " + name);
    }
    return parameter;
  }

  /** Numbers for an operation, on the host, kept as long as the parameters. */
  public NDArray constants(double... numbers) {
    return NativeArrays.onHost(manager, DataType.FLOAT32, numbers);
  }

  /** From here on the large matrix products of training passes run in this type. */
  public void trainIn(MatrixType type) {
    trainingType = type;
  }

  /** The type of the large matrix products; outside training FP32. */
  MatrixType matrixType(boolean training) {
    return training ? trainingType : MatrixType.FP32;
  }

  void add(Products more) {
    products.add(more);
  }

  /**
   * Makes what training passes multiply with, in {@code scope}; they use it until {@link
   * #releaseProducts}. The weights must not change in between. Gradients go through it to the
   * weights where the calling thread records.
   */
  public void holdProducts(NDManager scope) {
    products.forEach(each -> each.hold(scope));
  }

  /** From here on each use makes its own. */
  public void releaseProducts() {
    products.forEach(Products::release);
  }

  /** All tensors, in order of creation. */
  public Map<String, NDArray> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  public Operations operations() {
    return operations;
  }

  /** The manager the parameters live in; a step works in a sub-manager of it. */
  public NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    operations.close();
    manager.close();
  }
}
