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
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final List<MatmulOperands> operands = new ArrayList<>();
  private MatrixType trainingType = MatrixType.FP32;
  private MatrixType encodingType = MatrixType.FP32;
  private NDManager encoding;

  /**
   * @param values where the first values come from: random numbers, or a file
   */
  public Parameters(Device device, ParameterValues values) {
    this(device, new Operations(device), values);
  }

  private Parameters(Device device, Operations operations, ParameterValues values) {
    this.manager = Machine.newManager(device);
    this.operations = operations;
    this.values = values;
  }

  /**
   * Takes down the names and shapes of what is created and allocates none of it: blocks can be
   * built from it, and compute nothing.
   */
  public static Parameters outline() {
    return new Parameters(Device.cpu(), null, null);
  }

  /** Creates a parameter. */
  public NDArray create(String name, ParameterValues.Initial initial, long... shape) {
    if (shapes.put(name, shape) != null) {
      throw new IllegalStateException("two parameters are called " + name);
    }
    if (values == null) {
      return manager.zeros(new Shape());
    }
    ParameterValues.Values first = values.values(name, shape, initial);
    NDArray parameter = NativeArrays.create(manager, new Shape(shape), first::writeTo);
    tensors.put(name, parameter);
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

  /**
   * From here on the large matrix products of passes outside training run in this type, with
   * operands that are made here, once: the weights must not change any more, and no pass may run
   * meanwhile.
   */
  public void encodeIn(MatrixType type) {
    NDManager former = encoding;
    encodingType = type;
    encoding = manager.newSubManager();
    operands.forEach(each -> each.keepForEncoding(encoding));
    if (former != null) {
      former.close();
    }
  }

  public MatrixType encodingType() {
    return encodingType;
  }

  /** The type of the large matrix products; outside training FP32 unless told otherwise. */
  MatrixType matrixType(boolean training) {
    return training ? trainingType : encodingType;
  }

  void add(MatmulOperands more) {
    operands.add(more);
  }

  /**
   * Makes what training passes multiply with, in {@code scope}; they use it until {@link
   * #releaseOperands}. The weights must not change in between. Gradients go through it to the
   * weights where the calling thread records.
   */
  public void holdOperands(NDManager scope) {
    operands.forEach(each -> each.hold(scope));
  }

  /** From here on each use makes its own. */
  public void releaseOperands() {
    operands.forEach(MatmulOperands::release);
  }

  /** The shape of each tensor, empty for a scalar, in order of creation. */
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
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
    if (operations != null) {
      operations.close();
    }
    manager.close();
  }
}
