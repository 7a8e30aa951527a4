package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * Word, position and token type embeddings, summed and normalised (Devlin et al. 2019, section 3).
 */
public final class TokenEmbedding {

  private final Operations operations;
  private final NDArray words_VD;
  private final NDArray positions_PD;
  private final NDArray types_TD;
  private final NDArray scale_D;
  private final NDArray shift_D;
  private final NDArray constants;
  private final NDArray noDropout;

  public TokenEmbedding(
      Parameters parameters,
      String name,
      int vocabulary,
      int positions,
      int types,
      int width,
      double epsilon,
      double dropout) {
    operations = parameters.operations();
    words_VD =
        parameters.create(
            name + ".word_embeddings.weight", Initial.TRUNCATED_NORMAL, vocabulary, width);
    positions_PD =
        parameters.create(
            name + ".position_embeddings.weight", Initial.TRUNCATED_NORMAL, positions, width);
    types_TD =
        parameters.create(
            name + ".token_type_embeddings.weight", Initial.TRUNCATED_NORMAL, types, width);
    scale_D = parameters.create(name + ".LayerNorm.weight", Initial.ONE, width);
    shift_D = parameters.create(name + ".LayerNorm.bias", Initial.ZERO, width);
    constants = parameters.constants(epsilon, dropout);
    noDropout = parameters.constants(epsilon, 0);
  }

  /** (B, L) int64 token ids and token types to (B, L, D). */
  public NDArray forward(NDArray ids_BL, NDArray types_BL, boolean training) {
    return operations.call(
        "token_embedding",
        ids_BL,
        types_BL,
        words_VD,
        types_TD,
        positions_PD,
        scale_D,
        shift_D,
        training ? constants : noDropout);
  }
}
