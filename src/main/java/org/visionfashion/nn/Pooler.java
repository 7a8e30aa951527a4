package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.nn.ParameterValues.Initial;

/** A sequence as one vector. */
public interface Pooler {

  /**
   * Pools (B, L, D) to (B, D).
   *
   * @param tokens_BL what a pooling asks about the tokens, see {@link #of}
   */
  NDArray forward(NDArray x_BLD, NDArray tokens_BL);

  /**
   * Builds a pooler. {@code MEAN} asks for the share of each token in the mean, {@code END_OF_TEXT}
   * for their ids; the others ask nothing.
   *
   * @param name the prefix of its parameters, where it has any
   * @param endOfText the id that {@code END_OF_TEXT} looks for
   */
  static Pooler of(
      Pooling pooling,
      Parameters parameters,
      String name,
      EncoderLayer.Sizes sizes,
      int endOfText) {
    Operations operations = parameters.operations();
    return switch (pooling) {
      case CLS -> (x_BLD, none) -> operations.call("first_token", x_BLD);
      case POOLER -> dense(parameters, name, sizes.width());
      case MEAN -> (x_BLD, weights_BL) -> operations.call("mean_token", x_BLD, weights_BL);
      case ATTENTION -> attention(parameters, name, sizes);
      case END_OF_TEXT -> {
        NDArray id = parameters.constants(endOfText);
        yield (x_BLD, ids_BL) -> operations.call("end_of_text", x_BLD, ids_BL, id);
      }
      case LAST -> (x_BLD, none) -> operations.call("last_token", x_BLD);
    };
  }

  /** Hugging Face's pooler: a dense layer and tanh over the first token. */
  private static Pooler dense(Parameters parameters, String name, int width) {
    Operations operations = parameters.operations();
    NDArray weight_DD =
        parameters.create(name + ".dense.weight", Initial.TRUNCATED_NORMAL, width, width);
    NDArray bias_D = parameters.create(name + ".dense.bias", Initial.ZERO, width);
    return (x_BLD, none) -> operations.call("pooler", x_BLD, weight_DD, bias_D);
  }

  /** SigLIP's head: a learnt query looks at all tokens, an MLP follows (Zhai et al. 2022). */
  private static Pooler attention(Parameters parameters, String name, EncoderLayer.Sizes sizes) {
    int d = sizes.width();
    NDArray query_11D = parameters.create(name + ".query", Initial.TRUNCATED_NORMAL, 1, 1, d);
    MatmulOperands products =
        EncoderLayer.products(parameters, name, EncoderLayer.Names.VIT, sizes);
    NDArray scale_D = parameters.create(name + ".layernorm.weight", Initial.ONE, d);
    NDArray shift_D = parameters.create(name + ".layernorm.bias", Initial.ZERO, d);
    NDArray constants = EncoderLayer.constants(parameters, sizes, 0, Wanted.ALL, false);
    return (x_BLD, none) ->
        products.call(
            "attention_pooler",
            false,
            List.of(x_BLD, constants),
            List.of(query_11D, scale_D, shift_D));
  }
}
