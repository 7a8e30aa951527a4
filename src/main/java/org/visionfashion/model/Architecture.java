package org.visionfashion.model;

import org.visionfashion.config.ModelConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ObjectiveConfig;

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
 * @param logitBias whether similarities have a bias, as the sigmoid loss trains one
 */
public record Architecture(
    ImageEncoder image,
    TextEncoder text,
    int embeddingSize,
    int categories,
    int attributes,
    double temperature,
    double maxScale,
    boolean logitBias) {

  private static final int CHANNELS = 3;
  private static final int TOKEN_TYPES = 2;
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
      Activation activation,
      boolean preLayernorm,
      double epsilon,
      double dropout,
      Pooling pooling) {

    ImageEncoder withPooling(Pooling other) {
      return new ImageEncoder(
          height,
          width,
          patch,
          channels,
          hidden,
          layers,
          heads,
          intermediate,
          activation,
          preLayernorm,
          epsilon,
          dropout,
          other);
    }

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
      Pooling pooling) {

    TextEncoder withPooling(Pooling other) {
      return new TextEncoder(
          vocabulary,
          hidden,
          layers,
          heads,
          intermediate,
          positions,
          tokenTypes,
          epsilon,
          dropout,
          other);
    }
  }

  /**
   * Bytes that the towers keep of an example between the forward and the backward pass, in single
   * precision: for each token of a layer nine vectors of its width, two of its MLP's and the
   * attention weights; and the picture, as floats and as patches.
   *
   * @param tokens of the caption
   */
  public long trainingBytes(int tokens) {
    long pictures =
        layerNumbers(image.patches() + 1, image.hidden(), image.intermediate(), image.heads());
    long captions = layerNumbers(tokens, text.hidden(), text.intermediate(), text.heads());
    long pixels = (long) image.channels() * image.height() * image.width();
    return Float.BYTES * (image.layers() * pictures + text.layers() * captions + 2 * pixels);
  }

  private static long layerNumbers(long tokens, long width, long intermediate, long heads) {
    return tokens * (9 * width + 2 * intermediate + heads * tokens);
  }

  /** The same towers, pooled otherwise. */
  public Architecture withPooling(Pooling imagePooling, Pooling textPooling) {
    return new Architecture(
        image.withPooling(imagePooling),
        text.withPooling(textPooling),
        embeddingSize,
        categories,
        attributes,
        temperature,
        maxScale,
        logitBias);
  }

  /** The sizes that come with a vocabulary. */
  public record Vocabulary(int tokens, int positions, int tokenTypes) {

    /** For a text tower that starts from random weights: as many positions as are used. */
    public static Vocabulary fresh(int tokens, int positions) {
      return new Vocabulary(tokens, positions, TOKEN_TYPES);
    }
  }

  /** What an experiment's configuration means, given its data. */
  public static Architecture of(
      ModelConfig config,
      Vocabulary vocabulary,
      int categories,
      int attributes,
      ObjectiveConfig objective) {
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
            image.activation(),
            image.preLayernorm(),
            image.normEpsilon(),
            image.dropout(),
            image.pooling()),
        new TextEncoder(
            vocabulary.tokens(),
            text.hiddenSize(),
            text.layers(),
            text.heads(),
            text.intermediateSize(),
            vocabulary.positions(),
            vocabulary.tokenTypes(),
            BERT_EPSILON,
            text.dropout(),
            text.pooling()),
        config.embeddingSize(),
        categories,
        attributes,
        objective.temperature(),
        MAX_SCALE,
        objective.loss() == ObjectiveConfig.Loss.SIGMOID);
  }

  /** Whether training passes drop anything. */
  public boolean hasDropout() {
    return image.dropout() > 0 || text.dropout() > 0;
  }
}
