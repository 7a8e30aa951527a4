package org.visionfashion.config;

/** AdamW (Loshchilov and Hutter 2019) and its schedule. */
public record OptimizerConfig(
    @Key(usual = "0.001", in = "(0, 10]", help = "learning rate") double lr,
    @Key(usual = "0.01", in = "[0, 10]", help = "decoupled weight decay, on matrices only")
        double weightDecay,
    @Key(usual = "0.9", in = "[0, 1)", help = "decay of the mean of gradients") double beta1,
    @Key(usual = "0.999", in = "[0, 1)", help = "decay of the mean of their squares") double beta2,
    @Key(usual = "0.00000001", in = "(0, 1]", help = "term in AdamW's denominator") double eps,
    @Key(
            usual = "1",
            in = "[0, 1000000]",
            help = "largest global norm of the gradients; 0 = no clipping")
        double clip,
    @Key(usual = "cosine", help = "how the learning rate changes") ScheduleKind schedule,
    @Key(usual = "0.1", in = "[0, 1)", help = "share of the steps over which the rate rises")
        double warmup,
    @Key(usual = "0.2", in = "(0, 1]", help = "factor on the rate at a plateau")
        double plateauFactor,
    @Key(
            usual = "3",
            in = "[0, 1000000]",
            help = "epochs without a better validation loss before the factor applies")
        int plateauPatience,
    @Key(
            usual = "0",
            in = "[0, 1)",
            help =
                "decay of a moving average of the weights (Polyak and Juditsky 1992; Tarvainen and"
                    + " Valpola 2017), which is then what is validated and delivered; 0 = none")
        double averageDecay,
    @Key.Inline LayerRatesConfig rates) {

  /** The schedules. */
  public enum ScheduleKind {
    COSINE,
    CONSTANT,
    PLATEAU
  }
}
