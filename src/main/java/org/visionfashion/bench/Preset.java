package org.visionfashion.bench;

import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.nn.EncoderLayer;

/** Sizes to measure with. */
public enum Preset {
  /**
   * The demo's: 96 x 64 pixels, patch 16, four layers of 192; two text layers of 128, 24 tokens.
   */
  TINY,
  /** ViT-B/32 and BERT-base, 224 x 224 pixels, 40 tokens. */
  B32,
  /** ViT-B/16 and BERT-base, 224 x 224 pixels, 40 tokens. */
  B16;

  private static final int CATEGORIES = 17;
  private static final int ATTRIBUTES = 92;

  /** All sizes. */
  public Architecture architecture() {
    return switch (this) {
      case TINY ->
          architecture(
              image(96, 64, 16, 192, 4, Pooling.MEAN), text(202, 128, 2, Pooling.MEAN), 128);
      case B32 -> base(32);
      case B16 -> base(16);
    };
  }

  /** Tokens of a caption. */
  public int tokens() {
    return this == TINY ? 24 : 40;
  }

  private static Architecture base(int patch) {
    return architecture(
        image(224, 224, patch, 768, 12, Pooling.CLS), text(30_522, 768, 12, Pooling.CLS), 512);
  }

  private static Architecture architecture(
      Architecture.ImageTower image, Architecture.TextTower text, int embedding) {
    return new Architecture(
        image, text, embedding, CATEGORIES, ATTRIBUTES, Architecture.Similarity.USUAL);
  }

  private static Architecture.ImageTower image(
      int height, int width, int patch, int hidden, int layers, Pooling pooling) {
    return new Architecture.ImageTower(
        new Architecture.PatchGrid(height, width, patch),
        layers,
        layer(hidden, Architecture.ImageTower.EPSILON),
        Architecture.Stem.VIT,
        pooling,
        Architecture.Projection.LINEAR);
  }

  private static EncoderLayer.Sizes layer(int hidden, double epsilon) {
    return new EncoderLayer.Sizes(hidden, hidden / 64, 4 * hidden, Activation.GELU, epsilon, 0);
  }

  private static Architecture.TextTower text(
      int vocabulary, int hidden, int layers, Pooling pooling) {
    return new Architecture.TextTower(
        Architecture.Vocabulary.fresh(vocabulary, 512),
        layers,
        layer(hidden, Architecture.TextTower.EPSILON),
        pooling);
  }

  /**
   * Floating-point operations of a training step for one pair: six for each weight and token in
   * matrix products (two forward, four backward), as scaling laws count (Kaplan et al. 2020,
   * section 2.1); attention's own products and embeddings are left out.
   */
  public double flopsPerPair() {
    Architecture sizes = architecture();
    Architecture.ImageTower image = sizes.image();
    Architecture.TextTower text = sizes.text();
    double patchWeights =
        (double) Architecture.CHANNELS * image.patch() * image.patch() * image.hidden();
    return 6
        * (layerWeights(image.layers(), image.hidden()) * (image.patches() + 1)
            + patchWeights * image.patches()
            + layerWeights(text.layers(), text.hidden()) * tokens());
  }

  /**
   * Four square matrices of attention and two of the MLP, four times as wide; with norms and
   * biases.
   */
  private static double layerWeights(int layers, double hidden) {
    return layers * (12 * hidden * hidden + 13 * hidden);
  }
}
