package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.engine.NativeArrays;

/**
 * What the large matrix products of a block multiply with: its weights in the type of the products,
 * those that share an input joined into one. {@link Parameters#holdOperands} makes them once for
 * all parts of a training step, {@link Parameters#encodeIn} once for all passes outside training;
 * otherwise they are made for each use.
 */
final class MatmulOperands {

  private final Parameters parameters;
  private final String method;
  private final List<NDArray> weights;
  private volatile NDList held;
  private volatile NDList kept;

  /**
   * @param method of the operations, that makes it from the number of the type and these weights
   */
  MatmulOperands(Parameters parameters, String method, List<NDArray> weights) {
    this.parameters = parameters;
    this.method = method;
    this.weights = List.copyOf(weights);
    parameters.add(this);
  }

  /**
   * Calls an operation on an input, some arguments, these operands, and more arguments.
   *
   * @return in the input's manager
   */
  NDArray call(String operation, boolean training, List<NDArray> before, List<NDArray> behind) {
    NDList ready = training ? held : kept;
    if (ready != null) {
      return call(operation, before, ready, behind);
    }
    try (NDManager scope = before.get(0).getManager().newSubManager()) {
      return call(operation, before, make(training, scope), behind);
    }
  }

  private NDArray call(
      String operation, List<NDArray> before, NDList operands, List<NDArray> behind) {
    List<NDArray> arguments = new ArrayList<>(before);
    arguments.addAll(operands);
    arguments.addAll(behind);
    return parameters.operations().call(operation, arguments.toArray(NDArray[]::new));
  }

  private NDList make(boolean training, NDManager scope) {
    List<NDArray> arguments = new ArrayList<>();
    arguments.add(
        NativeArrays.onHost(scope, DataType.FLOAT32, parameters.matrixType(training).number()));
    arguments.addAll(weights);
    return parameters.operations().callForList(method, arguments.toArray(NDArray[]::new));
  }

  void keepForEncoding(NDManager scope) {
    kept = make(false, scope);
  }

  void hold(NDManager scope) {
    held = make(true, scope);
  }

  void release() {
    held = null;
  }
}
