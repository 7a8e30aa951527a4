package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.nn.LayerNorm;
import org.visionfashion.nn.Parameters;
import org.visionfashion.nn.PatchEmbedding;
import org.visionfashion.nn.Pooler;

/**
 * The image tower (Dosovitskiy et al. 2021), with the parameter names of Hugging Face's {@code
 * ViTModel}. {@link Architecture.Stem} and pooling make CLIP's and SigLIP's of it.
 */
public final class VisionTransformer {

  private final PatchEmbedding embedding;
  private final Optional<LayerNorm> preLayernorm;
  private final List<EncoderLayer> layers;
  private final LayerNorm norm;
  private final Pooler pooler;
  private final Wanted pooled;
  private final int classTokens;
  private final NDArray patchWeights_1L;

  public VisionTransformer(Parameters parameters, String name, Architecture.ImageTower sizes) {
    embedding =
        new PatchEmbedding(
            parameters,
            name + ".embeddings",
            new PatchEmbedding.Sizes(
                Architecture.CHANNELS,
                sizes.patch(),
                sizes.grid().rows(),
                sizes.grid().columns(),
                sizes.stem().classToken(),
                sizes.stem().patchBias()),
            sizes.hidden(),
            sizes.layer().dropout());
    preLayernorm =
        sizes.stem().norm()
            ? Optional.of(
                new LayerNorm(
                    parameters, name + ".pre_layernorm", sizes.hidden(), sizes.layer().epsilon()))
            : Optional.empty();
    layers =
        IntStream.range(0, sizes.layers())
            .mapToObj(i -> name + ".encoder.layer." + i)
            .map(
                prefix ->
                    new EncoderLayer(
                        parameters, prefix, EncoderLayer.Names.VIT, sizes.layer(), false))
            .toList();
    norm = new LayerNorm(parameters, name + ".layernorm", sizes.hidden(), sizes.layer().epsilon());
    pooler =
        Pooler.of(
            sizes.pooling(),
            parameters,
            name + ".pooler",
            sizes.layer(),
            Architecture.Vocabulary.NO_END);
    pooled = Wanted.by(sizes.pooling());
    classTokens = sizes.tokens() - sizes.patches();
    patchWeights_1L = patchWeights(parameters, sizes);
  }

  /** The class token has no part in a mean of patches. */
  private static NDArray patchWeights(Parameters parameters, Architecture.ImageTower sizes) {
    NDArray weights_1L = parameters.manager().ones(new Shape(1, sizes.tokens()));
    if (sizes.stem().classToken()) {
      weights_1L.set(new NDIndex("0, 0"), 0);
    }
    return weights_1L;
  }

  /** Normalised pixels (B, 3, H, W) to image features (B, D). */
  public NDArray forward(NDArray pixels_BCHW, boolean training) {
    NDArray x_BLD = embedded(pixels_BCHW, training);
    EncoderLayer last = layers.get(layers.size() - 1);
    for (EncoderLayer layer : layers) {
      x_BLD = layer.preNorm(x_BLD, training, layer == last ? pooled : Wanted.ALL);
    }
    return pooler.forward(norm.forward(x_BLD), patchWeights_1L);
  }

  private NDArray embedded(NDArray pixels_BCHW, boolean training) {
    NDArray x_BLD = embedding.forward(pixels_BCHW, training);
    return preLayernorm.map(before -> before.forward(x_BLD)).orElse(x_BLD);
  }

  /**
   * What stands between the layers: the embeddings, then the output of each layer (B, L, D), then
   * the normalised last one; L = patches, and the class token before them if there is one.
   */
  public List<NDArray> hiddenStates(NDArray pixels_BCHW) {
    List<NDArray> states = new ArrayList<>();
    states.add(embedded(pixels_BCHW, false));
    for (EncoderLayer layer : layers) {
      states.add(layer.preNorm(states.get(states.size() - 1), false, Wanted.ALL));
    }
    states.add(norm.forward(states.get(states.size() - 1)));
    return states;
  }

  /**
   * The attention weights of each layer (B, H, L, L): with which share token i (row) looks at token
   * j (column). Token 0 is the class token, the patches follow row by row.
   */
  public List<NDArray> attention(NDArray pixels_BCHW) {
    List<NDArray> weights = new ArrayList<>();
    NDArray x_BLD = embedded(pixels_BCHW, false);
    for (EncoderLayer layer : layers) {
      weights.add(layer.preNormAttention(x_BLD));
      x_BLD = layer.preNorm(x_BLD, false, Wanted.ALL);
    }
    return weights;
  }

  /**
   * Features of every patch (B, P, D): what {@link #forward} would say were the patch all that is
   * pooled. With pooling by mean their mean is exactly what it says.
   */
  public NDArray patchFeatures(NDArray pixels_BCHW) {
    List<NDArray> states = hiddenStates(pixels_BCHW);
    NDArray patches_BPD = states.get(states.size() - 1).get(new NDIndex(":, " + classTokens + ":"));
    Shape shape = patches_BPD.getShape();
    NDArray alone_N1D = patches_BPD.reshape(-1, 1, shape.get(2));
    NDArray all_N1 = alone_N1D.getManager().ones(new Shape(alone_N1D.getShape().get(0), 1));
    return pooler.forward(alone_N1D, all_N1).reshape(shape);
  }
}
