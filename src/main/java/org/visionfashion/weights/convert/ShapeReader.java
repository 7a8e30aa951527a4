package org.visionfashion.weights.convert;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.pretrained.SourceConfig;

/**
 * The architecture of tensors: as the config.json beside them says, else as their shapes imply.
 * Shapes do not show the number of heads: it is then assumed to be the width by 64, as in ViT and
 * BERT from small to large, with a warning.
 */
final class ShapeReader {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeReader.class);

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final String PATCHES = IMAGE + "embeddings.patch_embeddings.projection.weight";
  private static final String WORDS = TEXT + "embeddings.word_embeddings.weight";
  private static final String POSITIONS = TEXT + "embeddings.position_embeddings.weight";
  private static final String TYPES = TEXT + "embeddings.token_type_embeddings.weight";
  private static final String INTERMEDIATE = "encoder.layer.0.intermediate.dense.weight";
  private static final int HEAD = 64;
  private static final double TEXT_DROPOUT = 0.1;

  private final Path from;
  private final Tensors tensors;
  private final SourceConfig config;

  /**
   * @param from where the tensors lie, for messages
   * @param tensors under this project's names
   */
  ShapeReader(Path from, Tensors tensors, SourceConfig config) {
    this.from = from;
    this.tensors = tensors;
    this.config = config;
  }

  /**
   * The whole model; a tower is pooled by its pooler where it has one, as in the original.
   *
   * @throws UserError where tensors are missing, the patches form no square, or the config.json is
   *     of other weights
   */
  Architecture architecture() {
    return new Architecture(
            image(),
            text(),
            size("image_projection.weight", 0),
            optional("category_head.weight"),
            optional("attribute_head.weight"),
            Architecture.Similarity.USUAL.withBias(has("logit_bias")))
        .withPooling(pooling(IMAGE), pooling(TEXT));
  }

  /** The image tower; throws as {@link #architecture}. */
  Architecture.ImageTower image() {
    return config.image().map(this::agreeing).orElseGet(this::impliedImage);
  }

  /** The text tower; throws as {@link #architecture}. */
  Architecture.TextTower text() {
    return config.text().map(this::agreeing).orElseGet(this::impliedText);
  }

  private Architecture.ImageTower agreeing(Architecture.ImageTower stated) {
    agree("patch_size", stated.patch(), size(PATCHES, 2));
    agree("hidden_size", stated.hidden(), size(PATCHES, 0));
    agree("num_hidden_layers", stated.layers(), layers(IMAGE));
    agree("intermediate_size", stated.layer().intermediate(), size(IMAGE + INTERMEDIATE, 0));
    agree("pre_layernorm", stated.stem().norm(), has(IMAGE + "pre_layernorm.weight"));
    agree("the number of patches", stated.patches(), patches());
    return stated;
  }

  private Architecture.TextTower agreeing(Architecture.TextTower stated) {
    agree("vocab_size", stated.vocabulary().tokens(), size(WORDS, 0));
    agree("hidden_size", stated.hidden(), size(WORDS, 1));
    agree("num_hidden_layers", stated.layers(), layers(TEXT));
    agree("intermediate_size", stated.layer().intermediate(), size(TEXT + INTERMEDIATE, 0));
    agree("max_position_embeddings", stated.vocabulary().positions(), size(POSITIONS, 0));
    agree("type_vocab_size", stated.vocabulary().tokenTypes(), size(TYPES, 0));
    return stated;
  }

  private void agree(String key, Object stated, Object actual) {
    if (!stated.equals(actual)) {
      throw new UserError(
          "%s states %s = %s, but %s has %s: they are of different models"
              .formatted(config.file(), key, stated, from, actual));
    }
  }

  private Architecture.ImageTower impliedImage() {
    int patch = size(PATCHES, 2);
    int side = square(patches()) * patch;
    int hidden = size(PATCHES, 0);
    boolean clip = has(IMAGE + "pre_layernorm.weight");
    requireChannels(size(PATCHES, 1));
    return new Architecture.ImageTower(
        new Architecture.PatchGrid(side, side, patch),
        layers(IMAGE),
        layer(
            IMAGE,
            hidden,
            clip ? Activation.QUICK_GELU : Activation.GELU,
            clip ? Architecture.ImageTower.CLIP_EPSILON : Architecture.ImageTower.EPSILON),
        new Architecture.Stem(true, true, clip),
        Pooling.CLS,
        Architecture.Projection.LINEAR);
  }

  private Architecture.TextTower impliedText() {
    return new Architecture.TextTower(
        new Architecture.Vocabulary(size(WORDS, 0), size(POSITIONS, 0), size(TYPES, 0)),
        layers(TEXT),
        layer(TEXT, size(WORDS, 1), Activation.GELU, Architecture.TextTower.EPSILON),
        Pooling.CLS);
  }

  /** Dropout is no matter of the weights: BERT's usual for a text tower, none for pictures. */
  private EncoderLayer.Sizes layer(
      String tower, int hidden, Activation activation, double epsilon) {
    int heads = Math.max(1, hidden / HEAD);
    LOG.warn(
        "No config.json beside {} describes {}: assuming {} heads (width {} / {}) and {}",
        from,
        tower.substring(0, tower.length() - 1),
        heads,
        hidden,
        HEAD,
        activation.name().toLowerCase(Locale.ROOT));
    return new EncoderLayer.Sizes(
        hidden,
        heads,
        size(tower + INTERMEDIATE, 0),
        activation,
        epsilon,
        tower.equals(TEXT) ? TEXT_DROPOUT : 0);
  }

  private void requireChannels(int channels) {
    if (channels != Architecture.CHANNELS) {
      throw new UserError(
          "%s takes pictures of %d channels, not %d"
              .formatted(from, channels, Architecture.CHANNELS));
    }
  }

  private int patches() {
    return size(IMAGE + "embeddings.position_embeddings", 1) - 1;
  }

  private int square(int patches) {
    int side = (int) Math.round(Math.sqrt(patches));
    if (side * side != patches) {
      throw new UserError(
          "%s: %d patches form no square: copy the model's config.json beside it"
              .formatted(from, patches));
    }
    return side;
  }

  private Pooling pooling(String tower) {
    return has(tower + "pooler.dense.weight") ? Pooling.POOLER : Pooling.CLS;
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

  private boolean has(String name) {
    return tensors.names().contains(name);
  }

  private int optional(String name) {
    return has(name) ? size(name, 0) : 0;
  }

  private int size(String name, int axis) {
    if (!has(name)) {
      throw new UserError(from + " has no " + name);
    }
    return tensors.info(name).size(axis);
  }
}
