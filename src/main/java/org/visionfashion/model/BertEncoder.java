package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.engine.Operations;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.nn.Parameters;
import org.visionfashion.nn.Pooler;
import org.visionfashion.nn.TokenEmbedding;

/**
 * The text tower (Devlin et al. 2019), with the parameter names of Hugging Face's {@code
 * BertModel}.
 */
public final class BertEncoder {

  private final Operations operations;
  private final TokenEmbedding embedding;
  private final List<EncoderLayer> layers;
  private final Pooler pooler;
  private final Wanted pooled;

  public BertEncoder(Parameters parameters, String name, Architecture.TextTower sizes) {
    operations = parameters.operations();
    embedding =
        new TokenEmbedding(
            parameters,
            name + ".embeddings",
            sizes.vocabulary().tokens(),
            sizes.vocabulary().positions(),
            sizes.vocabulary().tokenTypes(),
            sizes.hidden(),
            sizes.layer().epsilon(),
            sizes.layer().dropout());
    layers =
        IntStream.range(0, sizes.layers())
            .mapToObj(i -> name + ".encoder.layer." + i)
            .map(
                prefix ->
                    new EncoderLayer(parameters, prefix, EncoderLayer.Names.BERT, sizes.layer()))
            .toList();
    pooler = Pooler.of(sizes.pooling(), parameters, name + ".pooler", sizes.hidden());
    pooled = Wanted.by(sizes.pooling());
  }

  /** Tokens (B, L) to text features (B, D). */
  public NDArray forward(Tokens tokens, boolean training) {
    NDArray bias_B11L = operations.call("mask_bias", tokens.mask_BL());
    NDArray x_BLD = embedding.forward(tokens.ids_BL(), tokens.types_BL(), training);
    EncoderLayer last = layers.get(layers.size() - 1);
    for (EncoderLayer layer : layers) {
      Wanted wanted = layer == last ? pooled : Wanted.ALL;
      x_BLD = layer.postNorm(x_BLD, bias_B11L, training, wanted);
    }
    return pooler.forward(x_BLD, tokens.mask_BL());
  }

  /** What stands between the layers: the embeddings, then the output of each layer, (B, L, D). */
  public List<NDArray> hiddenStates(Tokens tokens) {
    NDArray bias_B11L = operations.call("mask_bias", tokens.mask_BL());
    List<NDArray> states = new ArrayList<>();
    states.add(embedding.forward(tokens.ids_BL(), tokens.types_BL(), false));
    for (EncoderLayer layer : layers) {
      states.add(layer.postNorm(states.get(states.size() - 1), bias_B11L, false, Wanted.ALL));
    }
    return states;
  }
}
