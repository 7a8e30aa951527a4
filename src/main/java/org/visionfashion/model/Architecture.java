package org.visionfashion.model;

import org.visionfashion.config.ModelConfig;
import org.visionfashion.config.ModelConfig.Pooling;

/**
 * All sizes of a model.
 *
 * @param image the Vision Transformer
 * @param text the BERT encoder
 * @param embeddingSize E, width of the common space
 * @param categories outputs of the category head
 * @param attributes outputs of the attribute head
 * @param temperature tau that the logit scale starts from (or stays at)
 * @param maxScale upper bound of the logit scale
 */
public record Architecture(
    ImageEncoder image,
    TextEncoder text,
    int embeddingSize,
    int categories,
    int attributes,
    double temperature,
    double maxScale) {

  private static final int CHANNELS = 3;
  private static final int TOKEN_TYPES = 2;
  private static final double VIT_EPSILON = 1e-6;
  private static final double BERT_EPSILON = 1e-12;
  private static final double MAX_SCALE = 100;

  /** Sizes of the Vision Transformer; height and width in pixels. */
  public record ImageEncoder(
      int height,
      int width,
      int patch,
      int channels,
      int hidden,
      int layers,
      int heads,
      int intermediate,
      double epsilon,
      double dropout,
      Pooling pooling) {

    /** Number of patches. */
    public int patches() {
      return (height / patch) * (width / patch);
    }
  }

  /** Sizes of the BERT encoder. */
  public record TextEncoder(
      int vocabulary,
      int hidden,
      int layers,
      int heads,
      int intermediate,
      int positions,
      int tokenTypes,
      double epsilon,
      double dropout,
      Pooling pooling) {}

  /** What an experiment's configuration means, given its data. */
  public static Architecture of(
      ModelConfig config, int vocabulary, int categories, int attributes, double temperature) {
    ModelConfig.ImageEncoderConfig image = config.image();
    ModelConfig.TextEncoderConfig text = config.text();
    return new Architecture(
        new ImageEncoder(
            config.imageHeight(),
            config.imageWidth(),
            image.patchSize(),
            CHANNELS,
            image.hiddenSize(),
            image.layers(),
            image.heads(),
            image.intermediateSize(),
            VIT_EPSILON,
            image.dropout(),
            image.pooling()),
        new TextEncoder(
            vocabulary,
            text.hiddenSize(),
            text.layers(),
            text.heads(),
            text.intermediateSize(),
            text.maxTokens(),
            TOKEN_TYPES,
            BERT_EPSILON,
            text.dropout(),
            text.pooling()),
        config.embeddingSize(),
        categories,
        attributes,
        temperature,
        MAX_SCALE);
  }
}
