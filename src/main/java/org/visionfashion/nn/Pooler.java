package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/** A sequence as one vector. */
public interface Pooler {

  /**
   * Pools (B, L, D) to (B, D).
   *
   * @param weights_BL share of each token in the mean; the others do not look at it
   */
  NDArray forward(NDArray x_BLD, NDArray weights_BL);

  /** Builds a pooler; {@code name} is the prefix of its parameters where it has any. */
  static Pooler of(Pooling pooling, Parameters parameters, String name, int width) {
    Operations operations = parameters.operations();
    return switch (pooling) {
      case CLS -> (x_BLD, weights_BL) -> operations.call("first_token", x_BLD);
      case POOLER -> dense(parameters, name, width);
      case MEAN -> (x_BLD, weights_BL) -> operations.call("mean_token", x_BLD, weights_BL);
    };
  }

  /** Hugging Face's pooler: a dense layer and tanh over the first token. */
  private static Pooler dense(Parameters parameters, String name, int width) {
    Operations operations = parameters.operations();
    NDArray weight_DD =
        parameters.create(name + ".dense.weight", Initial.TRUNCATED_NORMAL, width, width);
    NDArray bias_D = parameters.create(name + ".dense.bias", Initial.ZERO, width);
    return (x_BLD, weights_BL) -> operations.call("pooler", x_BLD, weight_DD, bias_D);
  }
}
