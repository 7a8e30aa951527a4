package org.visionfashion.config;

/** Evaluation. */
public record EvalConfig(
    @Key(usual = "256", in = "[1, 1000000]", help = "examples embedded at once") int batch,
    @Key(
            usual = "1000",
            in = "[0, 1000000]",
            help = "resamples behind a confidence interval; 0 = no intervals")
        int bootstrap,
    ZeroShotConfig zeroShot) {}
