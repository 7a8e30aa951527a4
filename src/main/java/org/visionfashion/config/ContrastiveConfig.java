package org.visionfashion.config;

/** Stage one: both towers. */
public record ContrastiveConfig(
    @Key(
            usual = "12",
            in = "[0, 1000000]",
            help =
                "passes over the training pictures; 0 = stage two begins with the weights that are"
                    + " named")
        int epochs,
    @Key(
            usual = "64",
            in = "[2, 1000000]",
            help = "pairs of a step, which are also the candidates of the loss")
        int batch,
    @Key(usual = "0", help = "pairs encoded at once; the gradients are those of the batch")
        MicroBatch microBatch,
    @Key.Inline ObjectiveConfig objective,
    @Key(
            usual = "0",
            in = "[0, 1000000]",
            help = "epochs without a better validation score before the stage stops; 0 = never")
        int patience,
    @Key(
            usual = "false",
            help =
                "whether the result lies between the weights that are named and the best epoch,"
                    + " where validation is best (Wortsman et al. 2022, WiSE-FT)")
        boolean averageWithStart,
    @Key.Inline OptimizerConfig optimizer,
    AugmentConfig augment) {}
