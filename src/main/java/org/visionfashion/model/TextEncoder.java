package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.Operations;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.nn.LayerNorm;
import org.visionfashion.nn.Parameters;
import org.visionfashion.nn.Pooler;
import org.visionfashion.nn.TokenEmbedding;

/**
 * The text tower: BERT's (Devlin et al. 2019), with the parameter names of Hugging Face's {@code
 * BertModel}, CLIP's (Radford et al. 2021) or SigLIP's (Zhai et al. 2023), with those of its {@code
 * ViTModel} for the same parts. See {@link TextLayers}.
 */
public final class TextEncoder {

  private final Operations operations;
  private final TextLayers style;
  private final TokenEmbedding embedding;
  private final List<EncoderLayer> layers;
  private final Optional<LayerNorm> norm;
  private final Pooling pooling;
  private final Pooler pooler;

  public TextEncoder(Parameters parameters, String name, Architecture.TextTower sizes) {
    operations = parameters.operations();
    style = sizes.style();
    Architecture.Vocabulary vocabulary = sizes.vocabulary();
    embedding =
        new TokenEmbedding(
            parameters,
            name + ".embeddings",
            new TokenEmbedding.Sizes(
                vocabulary.tokens(), vocabulary.positions(), vocabulary.tokenTypes()),
            sizes.layer());
    boolean postNorm = style == TextLayers.POST_NORM;
    EncoderLayer.Names names = postNorm ? EncoderLayer.Names.BERT : EncoderLayer.Names.VIT;
    layers =
        IntStream.range(0, sizes.layers())
            .mapToObj(i -> name + ".encoder.layer." + i)
            .map(
                prefix ->
                    new EncoderLayer(
                        parameters, prefix, names, sizes.layer(), style == TextLayers.CAUSAL))
            .toList();
    norm =
        postNorm
            ? Optional.empty()
            : Optional.of(
                new LayerNorm(
                    parameters, name + ".layernorm", sizes.hidden(), sizes.layer().epsilon()));
    pooling = sizes.pooling();
    pooler =
        Pooler.of(pooling, parameters, name + ".pooler", sizes.layer(), vocabulary.endOfText());
  }

  /** Tokens (B, L) to text features (B, D). */
  public NDArray forward(Tokens tokens, boolean training) {
    NDArray bias_B11L = maskBias(tokens);
    NDArray x_BLD = embedding.forward(tokens.ids_BL(), tokens.types_BL(), training);
    EncoderLayer last = layers.get(layers.size() - 1);
    for (EncoderLayer layer : layers) {
      Wanted wanted = layer == last ? Wanted.by(pooling) : Wanted.ALL;
      x_BLD = through(layer, x_BLD, bias_B11L, training, wanted);
    }
    return pooler.forward(
        normed(x_BLD), pooling == Pooling.END_OF_TEXT ? tokens.ids_BL() : tokens.mask_BL());
  }

  private NDArray through(
      EncoderLayer layer, NDArray x_BLD, NDArray bias_B11L, boolean training, Wanted wanted) {
    return style == TextLayers.POST_NORM
        ? layer.postNorm(x_BLD, bias_B11L, training, wanted)
        : layer.preNorm(x_BLD, training, wanted);
  }

  /** What hides padding from all layers; null where nothing is hidden. */
  private NDArray maskBias(Tokens tokens) {
    return style == TextLayers.POST_NORM ? operations.call("mask_bias", tokens.mask_BL()) : null;
  }

  private NDArray normed(NDArray x_BLD) {
    return norm.map(last -> last.forward(x_BLD)).orElse(x_BLD);
  }

  /**
   * What stands between the layers: the embeddings, then the output of each layer, (B, L, D); where
   * norms stand before the layers, the normalised last one too.
   */
  public List<NDArray> hiddenStates(Tokens tokens) {
    NDArray bias_B11L = maskBias(tokens);
    List<NDArray> states = new ArrayList<>();
    states.add(embedding.forward(tokens.ids_BL(), tokens.types_BL(), false));
    for (EncoderLayer layer : layers) {
      states.add(through(layer, states.get(states.size() - 1), bias_B11L, false, Wanted.ALL));
    }
    norm.ifPresent(last -> states.add(last.forward(states.get(states.size() - 1))));
    return states;
  }
}
