package org.visionfashion.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The architecture and what it expects of its input. */
public record ModelConfig(
    @Key(
            usual = "[96, 64]",
            in = "[8, 4096]",
            least = 1,
            most = 2,
            rule = "be one whole number or [height, width], each from 8 to 4096",
            help = "height and width of the input in pixels; one number is a square")
        List<Integer> imageSize,
    @Key(
            usual = "[0.5, 0.5, 0.5]",
            in = "[0, 1]",
            least = 3,
            most = 3,
            help = "mean of red, green and blue")
        List<Double> mean,
    @Key(
            usual = "[0.5, 0.5, 0.5]",
            in = "(0, 1]",
            least = 3,
            most = 3,
            help = "standard deviation of red, green and blue")
        List<Double> std,
    @Key(usual = "bilinear", help = "filter of the evaluation transform, as Pillow defines it")
        Resampling resampling,
    @Key(
            usual = "shortest",
            help =
                "how a picture gets the input's shape: shortest = covers it, the rest is cut off;"
                    + " longest = fits into it, the rest is black; squash = stretched to it")
        ResizeMode resizeMode,
    @Key.Inline InitConfig init,
    ImageEncoderConfig image,
    TextEncoderConfig text,
    @Key(usual = "128", in = "[1, 65536]", help = "width of the common embedding space")
        int embeddingSize) {

  /** Filters, as Pillow defines them. */
  public enum Resampling {
    BILINEAR,
    BICUBIC
  }

  /** How a picture gets the shape of the input; the names are open_clip's. */
  public enum ResizeMode {
    /** The shorter side fits, what is left of the longer one is cut off at both ends. */
    SHORTEST,
    /** The longer side fits, black is added at the ends of the shorter one. */
    LONGEST,
    /** Both sides fit, whatever the shape was. */
    SQUASH
  }

  /** The nonlinearity of a tower's MLPs. */
  public enum Activation {
    /** The exact one (Hendrycks and Gimpel 2016). */
    GELU,
    /** x * sigmoid(1.702 x), as OpenAI's CLIP has it. */
    QUICK_GELU,
    /** The approximation by a hyperbolic tangent, as Hugging Face's SigLIP has it. */
    GELU_TANH
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
    MEAN,
    /** Of pictures: a learnt query attends to all patches, an MLP follows (Zhai et al. 2022). */
    ATTENTION,
    /** Of captions: the first end-of-text token (Radford et al. 2021). */
    END_OF_TEXT,
    /** Of captions: the last position, which is padding as a rule (Zhai et al. 2023). */
    LAST
  }

  /**
   * What this configuration says of the architecture and its input that the defaults do not, by key
   * ({@code image.layers}); where the first weights come from is not among it.
   */
  public Map<String, Object> stated() {
    Map<String, Object> usual = Binder.flat(Binder.of(ModelConfig.class));
    Map<String, Object> stated = new LinkedHashMap<>(Binder.flat(this));
    stated
        .entrySet()
        .removeIf(
            each ->
                each.getValue().equals(usual.get(each.getKey()))
                    || each.getKey().contains("init")
                    || each.getKey().equals("ignore"));
    return stated;
  }

  public int imageHeight() {
    return imageSize.get(0);
  }

  public int imageWidth() {
    return imageSize.get(imageSize.size() - 1);
  }

  /** Vision Transformer (Dosovitskiy et al. 2021). */
  public record ImageEncoderConfig(
      @Key(usual = "8", in = "[1, 1024]", help = "side of a patch in pixels") int patchSize,
      @Key(usual = "192", in = "[1, 65536]", help = "width of the layers") int hiddenSize,
      @Key(usual = "6", in = "[1, 1000]", help = "number of layers") int layers,
      @Key(usual = "3", in = "[1, 1024]", help = "attention heads of a layer") int heads,
      @Key(usual = "768", in = "[1, 262144]", help = "width inside the MLPs") int intermediateSize,
      @Key(usual = "gelu", help = "nonlinearity of the MLPs; OpenAI's CLIP has quick_gelu")
          Activation activation,
      @Key(usual = "false", help = "a norm before the first layer, as in CLIP")
          boolean preLayernorm,
      @Key(usual = "0.000001", in = "[0, 1]", help = "epsilon of all norms") double normEpsilon,
      @Key(usual = "0", in = "[0, 1)", help = "probability of dropout while training")
          double dropout,
      @Key(usual = "cls", help = "how the patches become one vector") Pooling pooling) {}

  /** BERT (Devlin et al. 2019). */
  public record TextEncoderConfig(
      @Key(
              usual = "8192",
              in = "[16, 1000000]",
              help = "most words of the vocabulary that is built from the training captions")
          int vocabSize,
      @Key(
              usual = "32",
              in = "[3, 4096]",
              help = "tokens to which captions are cut, [CLS] and [SEP] included")
          int maxTokens,
      @Key(usual = "192", in = "[1, 65536]", help = "width of the layers") int hiddenSize,
      @Key(usual = "3", in = "[1, 1000]", help = "number of layers") int layers,
      @Key(usual = "3", in = "[1, 1024]", help = "attention heads of a layer") int heads,
      @Key(usual = "768", in = "[1, 262144]", help = "width inside the MLPs") int intermediateSize,
      @Key(usual = "0.1", in = "[0, 1)", help = "probability of dropout while training")
          double dropout,
      @Key(usual = "cls", help = "how the tokens become one vector") Pooling pooling) {}
}
