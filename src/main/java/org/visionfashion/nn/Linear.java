package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/** {@code y = x Wᵀ + b}; weight (out, in), bias (out). */
public final class Linear {

  private final Operations operations;
  private final NDArray weight;
  private final NDArray bias;

  public Linear(Parameters parameters, String name, int in, int out) {
    operations = parameters.operations();
    weight = parameters.create(name + ".weight", Initial.TRUNCATED_NORMAL, out, in);
    bias = parameters.create(name + ".bias", Initial.ZERO, out);
  }

  /** (..., in) to (..., out). */
  public NDArray forward(NDArray x) {
    return operations.call("linear", x, weight, bias);
  }
}
