package org.visionfashion.config;

/**
 * The training transform, as torchvision defines its parts.
 *
 * @param minScale least share of the area that a random resized crop keeps, 1 = whole picture
 * @param minRatio least aspect of the crop (width / height, relative to the input's aspect)
 * @param flip probability of a horizontal flip
 * @param brightness jitter factor is drawn from [1 - x, 1 + x]
 * @param contrast likewise
 * @param saturation likewise
 * @param hue shift in turns is drawn from [-x, x], x in [0, 0.5]
 */
public record AugmentConfig(
    double minScale,
    double minRatio,
    double flip,
    double brightness,
    double contrast,
    double saturation,
    double hue) {}
