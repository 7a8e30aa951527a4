package org.visionfashion.train;

import ai.djl.ndarray.NDArray;

/**
 * A batch of image features that were computed once, with their labels.
 *
 * @param features_BD image features
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 */
public record FeatureBatch(NDArray features_BD, NDArray category_B, NDArray attributes_BA) {}
