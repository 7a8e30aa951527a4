package org.visionfashion.model;

import org.visionfashion.config.ModelConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.nn.EncoderLayer;

/**
 * All sizes of a model.
 *
 * @param image the image tower, a Vision Transformer
 * @param text the text tower, BERT's or CLIP's form of a transformer
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

  public Architecture {
    requireWidth(image, embeddingSize);
    requireWidth(text, embeddingSize);
  }

  private static void requireWidth(Tower tower, int embeddingSize) {
    if (tower.projection() == Projection.NONE && tower.hidden() != embeddingSize) {
      throw new IllegalArgumentException(
          "a tower of width %d without projection in a space of width %d"
              .formatted(tower.hidden(), embeddingSize));
    }
  }

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

    /** What leads from the pooled vector to the common space. */
    Projection projection();

    default int hidden() {
      return layer().width();
    }

    default int heads() {
      return layer().heads();
    }
  }

  /** From a tower to the common space. */
  public enum Projection {
    LINEAR,
    /** CLIP's. */
    WITHOUT_BIAS,
    /** The tower is as wide as the space, SigLIP's image tower for example. */
    NONE
  }

  /** How the layers of a text tower are built. */
  public enum TextLayers {
    /** Norms behind each part, padding not seen: BERT's. */
    POST_NORM,
    /** Norms before each part, a token sees those before it: CLIP's. */
    CAUSAL,
    /** Norms before each part, everything seen, padding too: SigLIP's. */
    PRE_NORM
  }

  /**
   * What stands before the first layer of an image tower.
   *
   * @param classToken whether a learned token stands before the patches
   * @param patchBias whether the projection of the patches has a bias
   * @param norm whether a norm stands before the first layer
   */
  public record Stem(boolean classToken, boolean patchBias, boolean norm) {

    /** A Vision Transformer's. */
    public static final Stem VIT = new Stem(true, true, false);

    /** CLIP's. */
    public static final Stem CLIP = new Stem(true, false, true);

    /** SigLIP's. */
    public static final Stem SIGLIP = new Stem(false, true, false);
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

  /** Sizes of the Vision Transformer. */
  public record ImageTower(
      PatchGrid grid,
      int layers,
      EncoderLayer.Sizes layer,
      Stem stem,
      Pooling pooling,
      Projection projection)
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

    /** Length of the sequence: the patches, and the class token if there is one. */
    public int tokens() {
      return patches() + (stem.classToken() ? 1 : 0);
    }
  }

  /**
   * Sizes of the text tower.
   *
   * @param style how its layers are built
   */
  public record TextTower(
      Vocabulary vocabulary,
      int layers,
      EncoderLayer.Sizes layer,
      TextLayers style,
      Pooling pooling,
      Projection projection)
      implements Tower {

    /** Epsilon of the norms of a BERT. */
    public static final double EPSILON = 1e-12;

    /** A BERT. */
    public TextTower(Vocabulary vocabulary, int layers, EncoderLayer.Sizes layer, Pooling pooling) {
      this(vocabulary, layers, layer, TextLayers.POST_NORM, pooling, Projection.LINEAR);
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
    long pictures = layerNumbers(image.tokens(), image.layer());
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
            image.grid(),
            image.layers(),
            image.layer(),
            image.stem(),
            imagePooling,
            image.projection()),
        new TextTower(
            text.vocabulary(),
            text.layers(),
            text.layer(),
            text.style(),
            textPooling,
            text.projection()),
        embeddingSize,
        categories,
        attributes,
        similarity);
  }

  /**
   * The sizes that come with a vocabulary.
   *
   * @param tokens rows of the table of words
   * @param positions most tokens of a text
   * @param tokenTypes 0 = none
   * @param endOfText the id of the token that ends a text, for the pooling that looks for it
   */
  public record Vocabulary(int tokens, int positions, int tokenTypes, int endOfText) {

    /** What {@code endOfText} is where no pooling asks. */
    public static final int NO_END = -1;

    public Vocabulary(int tokens, int positions, int tokenTypes) {
      this(tokens, positions, tokenTypes, NO_END);
    }

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
            new Stem(true, true, image.preLayernorm()),
            image.pooling(),
            Projection.LINEAR),
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
