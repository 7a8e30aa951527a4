package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * A sequence as one vector: its first token, or Hugging Face's pooler, a dense layer and tanh over
 * the first token.
 */
public interface Pooler {

  /** (B, L, D) to (B, D). */
  NDArray forward(NDArray x_BLD);

  static Pooler firstToken(Parameters parameters) {
    return x_BLD -> parameters.operations().call("first_token", x_BLD);
  }

  static Pooler dense(Parameters parameters, String name, int width) {
    Operations operations = parameters.operations();
    NDArray weight_DD =
        parameters.create(name + ".dense.weight", Initial.TRUNCATED_NORMAL, width, width);
    NDArray bias_D = parameters.create(name + ".dense.bias", Initial.ZERO, width);
    return x_BLD -> operations.call("pooler", x_BLD, weight_DD, bias_D);
  }
}
