package org.visionfashion.config;

/** Evaluation. */
public record EvalConfig(
    @Key(usual = "256", in = "[1, 1000000]", help = "examples embedded at once") int batch,
    @Key(
            usual = "fp32",
            help =
                "type of the towers' matrix products in `eval`; auto: the fastest whose embeddings"
                    + " keep a cosine above .9999 to those of fp32, measured. Scores differ in their"
                    + " last digits from machine to machine then")
        EncodingPrecision precision,
    @Key(
            usual = "1000",
            in = "[0, 1000000]",
            help = "resamples behind a confidence interval; 0 = no intervals")
        int bootstrap,
    @Key(
            usual = "10000",
            in = "[0, 100000000]",
            help =
                "training pictures, drawn at random where there are more, among which copies of the"
                    + " evaluated ones are looked for; 0 = none")
        int leakage,
    ZeroShotConfig zeroShot,
    ProtocolConfig protocol) {}
