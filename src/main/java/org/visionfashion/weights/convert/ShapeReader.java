package org.visionfashion.weights.convert;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.pretrained.SourceConfig;

/**
 * The architecture of tensors: as the config.json beside them says, else as their shapes imply.
 * Shapes do not tell the number of heads: it is then taken as the width by 64, as in ViT and BERT
 * from small to large, and that is said.
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
  private static final double TEMPERATURE = 0.07;
  private static final double MAX_SCALE = 100;

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
            TEMPERATURE,
            MAX_SCALE,
            has("logit_bias"))
        .withPooling(pooling(IMAGE), pooling(TEXT));
  }

  /** The image tower; throws as {@link #architecture}. */
  Architecture.ImageEncoder image() {
    return config.image().map(this::agreeing).orElseGet(this::impliedImage);
  }

  /** The text tower; throws as {@link #architecture}. */
  Architecture.TextEncoder text() {
    return config.text().map(this::agreeing).orElseGet(this::impliedText);
  }

  private Architecture.ImageEncoder agreeing(Architecture.ImageEncoder stated) {
    agree("patch_size", stated.patch(), size(PATCHES, 2));
    agree("hidden_size", stated.hidden(), size(PATCHES, 0));
    agree("num_hidden_layers", stated.layers(), layers(IMAGE));
    agree("intermediate_size", stated.intermediate(), size(IMAGE + INTERMEDIATE, 0));
    agree("pre_layernorm", stated.preLayernorm(), has(IMAGE + "pre_layernorm.weight"));
    agree("the number of patches", stated.patches(), patches());
    return stated;
  }

  private Architecture.TextEncoder agreeing(Architecture.TextEncoder stated) {
    agree("vocab_size", stated.vocabulary(), size(WORDS, 0));
    agree("hidden_size", stated.hidden(), size(WORDS, 1));
    agree("num_hidden_layers", stated.layers(), layers(TEXT));
    agree("intermediate_size", stated.intermediate(), size(TEXT + INTERMEDIATE, 0));
    agree("max_position_embeddings", stated.positions(), size(POSITIONS, 0));
    agree("type_vocab_size", stated.tokenTypes(), size(TYPES, 0));
    return stated;
  }

  private void agree(String key, Object stated, Object actual) {
    if (!stated.equals(actual)) {
      throw new UserError(
          "%s says %s is %s, in %s it is %s: they do not belong together"
              .formatted(config.file(), key, stated, from, actual));
    }
  }

  private Architecture.ImageEncoder impliedImage() {
    int patch = size(PATCHES, 2);
    int side = square(patches()) * patch;
    int hidden = size(PATCHES, 0);
    boolean clip = has(IMAGE + "pre_layernorm.weight");
    return new Architecture.ImageEncoder(
        side,
        side,
        patch,
        size(PATCHES, 1),
        hidden,
        layers(IMAGE),
        heads(hidden),
        size(IMAGE + INTERMEDIATE, 0),
        clip ? Activation.QUICK_GELU : Activation.GELU,
        clip,
        clip ? 1e-5 : 1e-6,
        0,
        Pooling.CLS);
  }

  private Architecture.TextEncoder impliedText() {
    int hidden = size(WORDS, 1);
    return new Architecture.TextEncoder(
        size(WORDS, 0),
        hidden,
        layers(TEXT),
        heads(hidden),
        size(TEXT + INTERMEDIATE, 0),
        size(POSITIONS, 0),
        size(TYPES, 0),
        1e-12,
        0.1,
        Pooling.CLS);
  }

  private int patches() {
    return size(IMAGE + "embeddings.position_embeddings", 1) - 1;
  }

  private int square(int patches) {
    int side = (int) Math.round(Math.sqrt(patches));
    if (side * side != patches) {
      throw new UserError(
          "%s: %d patches form no square; put the config.json beside it that says how they lie"
              .formatted(from, patches));
    }
    return side;
  }

  private int heads(int hidden) {
    int heads = Math.max(1, hidden / HEAD);
    LOG.warn(
        "no config.json beside {} says its number of heads: it is taken as {}, the width {} by {}",
        from,
        heads,
        hidden,
        HEAD);
    return heads;
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
