package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.LayerNorm;
import org.visionfashion.nn.Parameters;
import org.visionfashion.nn.PatchEmbedding;
import org.visionfashion.nn.Pooler;

/**
 * The image tower (Dosovitskiy et al. 2021), with the parameter names of Hugging Face's {@code
 * ViTModel}.
 */
public final class VisionTransformer {

  private final PatchEmbedding embedding;
  private final List<EncoderLayer> layers;
  private final LayerNorm norm;
  private final Pooler pooler;

  public VisionTransformer(Parameters parameters, String name, Architecture.ImageEncoder sizes) {
    embedding =
        new PatchEmbedding(
            parameters,
            name + ".embeddings",
            sizes.channels(),
            sizes.patch(),
            sizes.patches(),
            sizes.hidden(),
            sizes.dropout());
    EncoderLayer.Sizes layer =
        new EncoderLayer.Sizes(
            sizes.hidden(), sizes.heads(), sizes.intermediate(), sizes.epsilon(), sizes.dropout());
    layers =
        IntStream.range(0, sizes.layers())
            .mapToObj(i -> name + ".encoder.layer." + i)
            .map(prefix -> new EncoderLayer(parameters, prefix, EncoderLayer.Names.VIT, layer))
            .toList();
    norm = new LayerNorm(parameters, name + ".layernorm", sizes.hidden(), sizes.epsilon());
    pooler =
        sizes.pooling() == Pooling.POOLER
            ? Pooler.dense(parameters, name + ".pooler", sizes.hidden())
            : Pooler.firstToken(parameters);
  }

  /** Normalised pixels (B, 3, H, W) to image features (B, D). */
  public NDArray forward(NDArray pixels_BCHW, boolean training) {
    NDArray x_BLD = embedding.forward(pixels_BCHW, training);
    for (EncoderLayer layer : layers) {
      x_BLD = layer.preNorm(x_BLD, training);
    }
    return pooler.forward(norm.forward(x_BLD));
  }

  /**
   * What stands between the layers: the embeddings, then the output of each layer (B, L, D), then
   * the normalised last one; L = 1 + patches.
   */
  public List<NDArray> hiddenStates(NDArray pixels_BCHW) {
    List<NDArray> states = new ArrayList<>();
    states.add(embedding.forward(pixels_BCHW, false));
    for (EncoderLayer layer : layers) {
      states.add(layer.preNorm(states.get(states.size() - 1), false));
    }
    states.add(norm.forward(states.get(states.size() - 1)));
    return states;
  }
}
