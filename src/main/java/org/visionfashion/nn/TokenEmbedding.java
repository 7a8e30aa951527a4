package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * Word and position embeddings, summed; BERT adds token types and normalises (Devlin et al. 2019,
 * section 3), CLIP does neither (Radford et al. 2021).
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

  /**
   * The tables.
   *
   * @param types token types; 0 = none, and no norm either
   */
  public record Sizes(int vocabulary, int positions, int types) {}

  public TokenEmbedding(Parameters parameters, String name, Sizes sizes, EncoderLayer.Sizes layer) {
    operations = parameters.operations();
    int d = layer.width();
    words_VD =
        parameters.create(
            name + ".word_embeddings.weight", Initial.TRUNCATED_NORMAL, sizes.vocabulary(), d);
    positions_PD =
        parameters.create(
            name + ".position_embeddings.weight", Initial.TRUNCATED_NORMAL, sizes.positions(), d);
    if (sizes.types() == 0) {
      types_TD = null;
      scale_D = null;
      shift_D = null;
    } else {
      types_TD =
          parameters.create(
              name + ".token_type_embeddings.weight", Initial.TRUNCATED_NORMAL, sizes.types(), d);
      scale_D = parameters.create(name + ".LayerNorm.weight", Initial.ONE, d);
      shift_D = parameters.create(name + ".LayerNorm.bias", Initial.ZERO, d);
    }
    constants = parameters.constants(layer.epsilon(), layer.dropout());
    noDropout = parameters.constants(layer.epsilon(), 0);
  }

  /** (B, L) int64 token ids and token types to (B, L, D). */
  public NDArray forward(NDArray ids_BL, NDArray types_BL, boolean training) {
    NDArray numbers = training ? constants : noDropout;
    return types_TD == null
        ? operations.call("plain_token_embedding", ids_BL, words_VD, positions_PD, numbers)
        : operations.call(
            "token_embedding",
            ids_BL,
            types_BL,
            words_VD,
            types_TD,
            positions_PD,
            scale_D,
            shift_D,
            numbers);
  }
}
