package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/** Layer normalisation over the last axis (Ba et al. 2016). */
public final class LayerNorm {

  private final Operations operations;
  private final NDArray scale_D;
  private final NDArray shift_D;
  private final NDArray constants;

  public LayerNorm(Parameters parameters, String name, int width, double epsilon) {
    operations = parameters.operations();
    scale_D = parameters.create(name + ".weight", Initial.ONE, width);
    shift_D = parameters.create(name + ".bias", Initial.ZERO, width);
    constants = parameters.constants(epsilon);
  }

  /** (..., D) to (..., D). */
  public NDArray forward(NDArray x) {
    return operations.call("layer_norm", x, scale_D, shift_D, constants);
  }
}
