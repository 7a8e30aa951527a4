package org.visionfashion.model;

import ai.djl.ndarray.NDArray;

/**
 * What the losses of a batch compare with, on a device. B examples, A attributes.
 *
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 */
public record Labels(NDArray category_B, NDArray attributes_BA) {}
