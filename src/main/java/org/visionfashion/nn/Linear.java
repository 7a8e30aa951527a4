package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/** {@code y = x Wᵀ + b}; weight (out, in), bias (out), which there need not be. */
public final class Linear {

  private final Operations operations;
  private final NDArray weight;
  private final NDArray bias;

  public Linear(Parameters parameters, String name, int in, int out) {
    this(parameters, name, in, out, true);
  }

  public Linear(Parameters parameters, String name, int in, int out, boolean hasBias) {
    operations = parameters.operations();
    weight = parameters.create(name + ".weight", Initial.TRUNCATED_NORMAL, out, in);
    bias = hasBias ? parameters.create(name + ".bias", Initial.ZERO, out) : null;
  }

  /** (..., in) to (..., out). */
  public NDArray forward(NDArray x) {
    return bias == null
        ? operations.call("linear_without_bias", x, weight)
        : operations.call("linear", x, weight, bias);
  }
}
