package org.visionfashion.config;

import java.util.List;

/** Where a model's first weights come from. */
public record InitConfig(
    @Key(
            usual = RANDOM,
            name = "init",
            pattern = "(?s).*\\S.*",
            rule = RULE,
            help = "first weights of the whole model: " + PLACES)
        String whole,
    @Key(
            usual = RANDOM,
            name = "image.init",
            pattern = "(?s).*\\S.*",
            rule = RULE,
            help = "first weights of the image tower, before model.init: " + PLACES)
        String image,
    @Key(
            usual = RANDOM,
            name = "text.init",
            pattern = "(?s).*\\S.*",
            rule = RULE,
            help =
                "first weights of the text tower, before model.init; its vocabulary comes with it: "
                    + PLACES)
        String text,
    @Key(
            usual = "[]",
            name = "ignore",
            rule = "be a list [a, b, ...]",
            help =
                "names of tensors that may be missing, unexpected or of another shape; * stands for"
                    + " anything")
        List<String> ignored,
    @Key(
            usual = "stated",
            name = "init_activation",
            help =
                "nonlinearity of a CLIP in model.init beside whose weights no file states it:"
                    + " OpenAI's have quick_gelu, most of LAION's gelu")
        InitActivation activation) {

  /** The nonlinearity of published weights, which none of their shapes shows. */
  public enum InitActivation {
    /** By the files beside the weights. */
    STATED,
    GELU,
    QUICK_GELU
  }

  /** Random weights. */
  public static final String RANDOM = "random";

  /** Everything starts from random weights. */
  public static final InitConfig NONE = Binder.of(InitConfig.class);

  static final String PLACES = "random, a file, a folder or hf:owner/name[@revision]";
  static final String RULE = "be " + PLACES;

  /** Weights whose files say what they are. */
  public InitConfig(String whole, String image, String text, List<String> ignored) {
    this(whole, image, text, ignored, InitActivation.STATED);
  }

  public static boolean isRandom(String init) {
    return init.equals(RANDOM);
  }

  /** Whether no part of the model starts from weights that are named. */
  public boolean isAllRandom() {
    return isRandom(whole) && isRandom(image) && isRandom(text);
  }
}
