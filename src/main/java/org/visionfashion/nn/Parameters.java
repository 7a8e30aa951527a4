package org.visionfashion.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private final NDArray single;
  private NDArray trainingType;

  /**
   * @param values where the first values come from: random numbers, or a file
   */
  public Parameters(Device device, ParameterValues values) {
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    this.operations = new Operations(device);
    this.values = values;
    this.single = constants(MatrixType.FP32.number());
    this.trainingType = single;
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
    trainingType = constants(type.number());
  }

  /** The number of the type of the large matrix products, on the host; outside training FP32. */
  NDArray matrixType(boolean training) {
    return training ? trainingType : single;
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
