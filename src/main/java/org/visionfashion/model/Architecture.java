package org.visionfashion.model;

import org.visionfashion.config.ModelConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.nn.EncoderLayer;

/**
 * All sizes of a model.
 *
 * @param image the Vision Transformer
 * @param text the BERT encoder
 * @param embeddingSize E, width of the common space
 * @param categories outputs of the category head
 * @param attributes outputs of the attribute head
 * @param similarity what cosines are multiplied by
 */
public record Architecture(
    ImageTower image,
    TextTower text,
    int embeddingSize,
    int categories,
    int attributes,
    Similarity similarity) {

  /** Colour channels of a picture. */
  public static final int CHANNELS = 3;

  private static final int TOKEN_TYPES = 2;

  /**
   * How cosines become logits.
   *
   * @param temperature tau that the logit scale starts from (or stays at)
   * @param maxScale upper bound of the logit scale
   * @param bias whether logits have a bias, as the sigmoid loss trains one
   */
  public record Similarity(double temperature, double maxScale, boolean bias) {

    /** CLIP's. */
    public static final Similarity USUAL = new Similarity(0.07, 100, false);

    public Similarity withBias(boolean other) {
      return new Similarity(temperature, maxScale, other);
    }
  }

  /** What both towers are: layers of one kind, of which the last is pooled. */
  public sealed interface Tower {

    int layers();

    /** The sizes of each layer. */
    EncoderLayer.Sizes layer();

    Pooling pooling();

    default int hidden() {
      return layer().width();
    }

    default int heads() {
      return layer().heads();
    }
  }

  /**
   * The patches of a picture, row by row; all sizes in pixels.
   *
   * @param patch side of a patch, which divides height and width
   */
  public record PatchGrid(int height, int width, int patch) {

    public int rows() {
      return height / patch;
    }

    public int columns() {
      return width / patch;
    }
  }

  /**
   * Sizes of the Vision Transformer.
   *
   * @param preLayernorm whether a norm stands before the first layer, as in CLIP
   */
  public record ImageTower(
      PatchGrid grid, int layers, EncoderLayer.Sizes layer, boolean preLayernorm, Pooling pooling)
      implements Tower {

    /** Epsilon of the norms of a ViT. */
    public static final double EPSILON = 1e-6;

    /** Epsilon of the norms of a CLIP. */
    public static final double CLIP_EPSILON = 1e-5;

    public int height() {
      return grid.height();
    }

    public int width() {
      return grid.width();
    }

    public int patch() {
      return grid.patch();
    }

    /** Number of patches. */
    public int patches() {
      return grid.rows() * grid.columns();
    }
  }

  /** Sizes of the BERT encoder. */
  public record TextTower(
      Vocabulary vocabulary, int layers, EncoderLayer.Sizes layer, Pooling pooling)
      implements Tower {

    /** Epsilon of the norms. */
    public static final double EPSILON = 1e-12;
  }

  /**
   * Bytes that the towers keep of an example between the forward and the backward pass, in single
   * precision: for each token of a layer nine vectors of its width, two of its MLP's and the
   * attention weights; and the picture, as floats and as patches.
   *
   * @param tokens of the caption
   */
  public long trainingBytes(int tokens) {
    long pictures = layerNumbers(image.patches() + 1, image.layer());
    long captions = layerNumbers(tokens, text.layer());
    long pixels = (long) CHANNELS * image.height() * image.width();
    return Float.BYTES * (image.layers() * pictures + text.layers() * captions + 2 * pixels);
  }

  private static long layerNumbers(long tokens, EncoderLayer.Sizes sizes) {
    return tokens * (9L * sizes.width() + 2L * sizes.intermediate() + sizes.heads() * tokens);
  }

  /** The same towers, pooled otherwise. */
  public Architecture withPooling(Pooling imagePooling, Pooling textPooling) {
    return new Architecture(
        new ImageTower(
            image.grid(), image.layers(), image.layer(), image.preLayernorm(), imagePooling),
        new TextTower(text.vocabulary(), text.layers(), text.layer(), textPooling),
        embeddingSize,
        categories,
        attributes,
        similarity);
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
        new ImageTower(
            new PatchGrid(config.imageHeight(), config.imageWidth(), image.patchSize()),
            image.layers(),
            new EncoderLayer.Sizes(
                image.hiddenSize(),
                image.heads(),
                image.intermediateSize(),
                image.activation(),
                image.normEpsilon(),
                image.dropout()),
            image.preLayernorm(),
            image.pooling()),
        new TextTower(
            vocabulary,
            text.layers(),
            new EncoderLayer.Sizes(
                text.hiddenSize(),
                text.heads(),
                text.intermediateSize(),
                Activation.GELU,
                TextTower.EPSILON,
                text.dropout()),
            text.pooling()),
        config.embeddingSize(),
        categories,
        attributes,
        new Similarity(
            objective.temperature(),
            Similarity.USUAL.maxScale(),
            objective.loss() == ObjectiveConfig.Loss.SIGMOID));
  }

  /** Whether training passes drop anything. */
  public boolean hasDropout() {
    return image.layer().dropout() > 0 || text.layer().dropout() > 0;
  }
}
