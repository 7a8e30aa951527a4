package org.visionfashion.weights.convert;

import java.util.regex.Pattern;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.Tensors;
import org.visionfashion.weights.WeightsException;

/**
 * The architecture that a whole model's tensors imply. Shapes do not tell the number of heads: it
 * is the width by 64, as in ViT and BERT of every published size above tiny.
 */
final class ShapeReader {

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final int HEAD = 64;
  private static final double TEMPERATURE = 0.07;
  private static final double MAX_SCALE = 100;

  private final Tensors tensors;

  private ShapeReader(Tensors tensors) {
    this.tensors = tensors;
  }

  /**
   * Reads the shapes.
   *
   * @throws WeightsException where tensors are missing or the patches form no square
   */
  static Architecture architecture(Tensors tensors) {
    return new ShapeReader(tensors).architecture();
  }

  private Architecture architecture() {
    return new Architecture(
        image(),
        text(),
        size("image_projection.weight", 0),
        optional("category_head.weight"),
        optional("attribute_head.weight"),
        TEMPERATURE,
        MAX_SCALE,
        tensors.names().contains("logit_bias"));
  }

  private Architecture.ImageEncoder image() {
    String projection = IMAGE + "embeddings.patch_embeddings.projection.weight";
    int hidden = size(projection, 0);
    int patch = size(projection, 2);
    int patches = size(IMAGE + "embeddings.position_embeddings", 1) - 1;
    int side = (int) Math.round(Math.sqrt(patches));
    if (side * side != patches) {
      throw new WeightsException(
          patches + " patches form no square; only a model folder says how they lie");
    }
    boolean clip = tensors.names().contains(IMAGE + "pre_layernorm.weight");
    return new Architecture.ImageEncoder(
        side * patch,
        side * patch,
        patch,
        size(projection, 1),
        hidden,
        layers(IMAGE),
        heads(hidden),
        size(IMAGE + "encoder.layer.0.intermediate.dense.weight", 0),
        clip ? Activation.QUICK_GELU : Activation.GELU,
        clip,
        clip ? 1e-5 : 1e-6,
        0,
        pooling(IMAGE));
  }

  private Architecture.TextEncoder text() {
    String embeddings = TEXT + "embeddings.";
    int hidden = size(embeddings + "word_embeddings.weight", 1);
    return new Architecture.TextEncoder(
        size(embeddings + "word_embeddings.weight", 0),
        hidden,
        layers(TEXT),
        heads(hidden),
        size(TEXT + "encoder.layer.0.intermediate.dense.weight", 0),
        size(embeddings + "position_embeddings.weight", 0),
        size(embeddings + "token_type_embeddings.weight", 0),
        1e-12,
        0.1,
        pooling(TEXT));
  }

  /** The original uses the poolers where it has them. */
  private Pooling pooling(String tower) {
    return tensors.names().contains(tower + "pooler.dense.weight") ? Pooling.POOLER : Pooling.CLS;
  }

  private static int heads(int hidden) {
    return Math.max(1, hidden / HEAD);
  }

  private int layers(String tower) {
    Pattern layer = Pattern.compile(Pattern.quote(tower) + "encoder\\.layer\\.(\\d+)\\..+");
    return (int)
        tensors.names().stream()
            .map(layer::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> matcher.group(1))
            .distinct()
            .count();
  }

  private int optional(String name) {
    return tensors.names().contains(name) ? size(name, 0) : 0;
  }

  private int size(String name, int axis) {
    long[] shape = tensors.info(name).shape();
    if (axis >= shape.length) {
      throw new WeightsException(name + " has " + shape.length + " axes, not " + (axis + 1));
    }
    return Math.toIntExact(shape[axis]);
  }
}
