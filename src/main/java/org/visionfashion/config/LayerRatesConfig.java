package org.visionfashion.config;

import java.util.List;

/** Which parameters a stage trains, and how fast beside each other. */
public record LayerRatesConfig(
    @Key(
            usual = "1",
            in = "(0, 1]",
            help =
                "factor on the rate from each layer of a tower to the one below it (Clark et al."
                    + " 2020, ELECTRA; Bao et al. 2022, BEiT); fine-tuning takes .6 to .9")
        double layerDecay,
    @Key(usual = "1", in = "(0, 1000]", help = "factor on the rate of the image tower")
        double imageFactor,
    @Key(usual = "1", in = "(0, 1000]", help = "factor on the rate of the text tower")
        double textFactor,
    @Key(
            usual = "1",
            in = "(0, 1000]",
            help = "factor on the rate of all that stands on the towers: projections, heads, scale")
        double headsFactor,
    @Key(
            usual = "[]",
            rule = "be a list [a, b, ...]",
            help =
                "names of parameters that keep their values; * stands for anything:"
                    + " [text_encoder.*, text_projection.*] locks the text side")
        List<String> freeze,
    @Key(
            usual = "0",
            in = "[0, 1024]",
            help =
                "rank of what is added to the matrices of the towers' layers (Hu et al. 2022, LoRA);"
                    + " the rest of the towers stays as it is; 0 = the towers train as a whole")
        int loraRank,
    @Key(
            usual = "16",
            in = "(0, 100000]",
            help = "what is added is multiplied by this number over the rank")
        double loraAlpha) {}
