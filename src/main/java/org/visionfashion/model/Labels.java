package org.visionfashion.model;

import ai.djl.ndarray.NDArray;

/**
 * What the losses of a batch compare with, on a device. B examples, A attributes.
 *
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 * @param caption_B int64, the same number for the same caption; null where no text is read
 */
public record Labels(NDArray category_B, NDArray attributes_BA, NDArray caption_B) {}
