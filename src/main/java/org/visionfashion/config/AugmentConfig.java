package org.visionfashion.config;

/** The training transform, as torchvision defines its parts. */
public record AugmentConfig(
    @Key(
            usual = "0.8",
            in = "(0, 1]",
            help = "least share of the area that a random resized crop keeps; 1 = whole picture")
        double minScale,
    @Key(
            usual = "0.9",
            in = "(0, 1]",
            help = "least aspect of the crop (width / height, relative to the input's aspect)")
        double minRatio,
    @Key(usual = "0.5", in = "[0, 1]", help = "probability of a horizontal flip") double flip,
    @Key(usual = "0.1", in = "[0, 1]", help = "the brightness factor is drawn from [1 - x, 1 + x]")
        double brightness,
    @Key(usual = "0.1", in = "[0, 1]", help = "likewise for contrast") double contrast,
    @Key(usual = "0.1", in = "[0, 1]", help = "likewise for saturation") double saturation,
    @Key(usual = "0.05", in = "[0, 0.5]", help = "the shift of hue in turns, drawn from [-x, x]")
        double hue) {}
