package org.visionfashion.config;

import java.util.List;

/**
 * The architecture and what it expects of its input.
 *
 * @param imageSize height and width of the input in pixels; one number means a square
 * @param mean per-channel mean of RGB in [0, 1]
 * @param std per-channel standard deviation of RGB in [0, 1]
 * @param resampling the filter of the evaluation transform
 * @param init where the first weights come from
 * @param image the Vision Transformer
 * @param text the BERT encoder
 * @param embeddingSize width of the common space
 */
public record ModelConfig(
    List<Integer> imageSize,
    List<Double> mean,
    List<Double> std,
    Resampling resampling,
    InitConfig init,
    ImageEncoderConfig image,
    TextEncoderConfig text,
    int embeddingSize) {

  /** Filters, as Pillow defines them. */
  public enum Resampling {
    BILINEAR,
    BICUBIC
  }

  /** The nonlinearity of a tower's MLPs. */
  public enum Activation {
    /** The exact one (Hendrycks and Gimpel 2016). */
    GELU,
    /** x * sigmoid(1.702 x), as OpenAI's CLIP has it. */
    QUICK_GELU
  }

  /** How a sequence becomes one vector. */
  public enum Pooling {
    /** The first token of the last hidden state. */
    CLS,
    /** Hugging Face's pooler: a dense layer and tanh over the first token. */
    POOLER,
    /**
     * The mean of the last hidden state: over the patches of a picture, over the tokens of a
     * caption. A tower that starts from random weights learns several times faster with it.
     */
    MEAN
  }

  public int imageHeight() {
    return imageSize.get(0);
  }

  public int imageWidth() {
    return imageSize.get(imageSize.size() - 1);
  }

  /**
   * Vision Transformer (Dosovitskiy et al. 2021).
   *
   * @param patchSize side of a patch in pixels
   * @param activation of the MLPs
   * @param preLayernorm whether a norm stands before the first layer, as in CLIP
   * @param normEpsilon of all norms
   * @param dropout probability inside the encoder while training
   */
  public record ImageEncoderConfig(
      int patchSize,
      int hiddenSize,
      int layers,
      int heads,
      int intermediateSize,
      Activation activation,
      boolean preLayernorm,
      double normEpsilon,
      double dropout,
      Pooling pooling) {}

  /**
   * BERT (Devlin et al. 2019).
   *
   * @param vocabSize upper bound of the vocabulary that is built from the training captions
   * @param maxTokens captions are cut to this many tokens, [CLS] and [SEP] included
   * @param dropout probability inside the encoder while training
   */
  public record TextEncoderConfig(
      int vocabSize,
      int maxTokens,
      int hiddenSize,
      int layers,
      int heads,
      int intermediateSize,
      double dropout,
      Pooling pooling) {}
}
