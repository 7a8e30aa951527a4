package org.visionfashion.weights.pretrained;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.ImageTower;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.Similarity;
import org.visionfashion.model.Architecture.Stem;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.model.Architecture.TextTower;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.nn.EncoderLayer.Sizes;

/**
 * A CLIP as the shapes of its tensors show it, where nothing beside them says what it is: heads are
 * of 64, as OpenAI's and open_clip's, and pictures squares.
 */
record ImpliedClip(RenamedTensors tensors, Activation activation) {

  private static final int HEAD = 64;
  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";

  /**
   * Its architecture.
   *
   * @throws UserError where a tensor is missing, heads are not of 64 or patches form no square
   */
  Architecture architecture() {
    int patch = size(IMAGE + "embeddings.patch_embeddings.projection.weight", 2);
    int patches = size(IMAGE + "embeddings.position_embeddings", 1) - 1;
    int side = (int) Math.round(Math.sqrt(patches));
    if (side * side != patches) {
      throw new UserError(patches + " patches form no square; the weights need a configuration");
    }
    int words = size(TEXT + "embeddings.word_embeddings.weight", 0);
    return new Architecture(
        new ImageTower(
            new PatchGrid(side * patch, side * patch, patch),
            layers(IMAGE),
            sizes(IMAGE, size(IMAGE + "embeddings.position_embeddings", 2)),
            Stem.CLIP,
            Pooling.CLS,
            Projection.WITHOUT_BIAS),
        new TextTower(
            new Vocabulary(
                words, size(TEXT + "embeddings.position_embeddings.weight", 0), 0, words - 1),
            layers(TEXT),
            sizes(TEXT, size(TEXT + "embeddings.word_embeddings.weight", 1)),
            TextLayers.CAUSAL,
            Pooling.END_OF_TEXT,
            Projection.WITHOUT_BIAS),
        size("image_projection.weight", 0),
        0,
        0,
        Similarity.USUAL.withBias(tensors.names().contains("logit_bias")));
  }

  private Sizes sizes(String tower, int width) {
    if (width % HEAD != 0) {
      throw new UserError(
          "a width of %d is no multiple of %d, so nothing tells the heads; the weights need a configuration"
              .formatted(width, HEAD));
    }
    return new Sizes(
        width,
        width / HEAD,
        size(tower + "encoder.layer.0.intermediate.dense.weight", 0),
        activation,
        ImageTower.CLIP_EPSILON,
        0);
  }

  private int layers(String tower) {
    Pattern layer = Pattern.compile(Pattern.quote(tower) + "encoder\\.layer\\.(\\d+)\\..+");
    return (int)
        tensors.names().stream()
            .map(layer::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .distinct()
            .count();
  }

  private int size(String name, int axis) {
    return tensors.info(name).size(axis);
  }
}
