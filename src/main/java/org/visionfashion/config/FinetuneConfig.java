package org.visionfashion.config;

/** Stage two: category and attribute heads. */
public record FinetuneConfig(
    @Key(usual = "20", in = "[1, 1000000]", help = "passes over the training pictures") int epochs,
    @Key(usual = "64", in = "[1, 1000000]", help = "examples of a step") int batch,
    @Key(usual = "0", help = "examples encoded at once, where the towers train as well")
        MicroBatch microBatch,
    @Key(
            usual = "frozen",
            help = "whether the towers are fixed (features are computed once) or train as well")
        Encoders encoders,
    @Key(
            usual = "1",
            in = "[0, 1000]",
            help = "weight of the attribute loss, a mean over all attributes")
        double attributeWeight,
    @Key(
            usual = "1",
            in = "[0, 1000]",
            help =
                "weight of the attributes that a picture has; above 1 the heads rather say yes in"
                    + " doubt")
        double positiveWeight,
    @Key(
            usual = "1",
            in = "[0, 1000]",
            help = "weight of the contrastive loss, which keeps retrieval when the towers train")
        double contrastiveWeight,
    @Key(
            usual = "0",
            in = "[0, 1000000]",
            help = "epochs without a better validation score before the stage stops; 0 = never")
        int patience,
    @Key.Inline OptimizerConfig optimizer,
    AugmentConfig augment) {

  /** What happens to the towers in stage two. */
  public enum Encoders {
    FROZEN,
    TRAINABLE
  }
}
