package org.visionfashion.model;

import ai.djl.ndarray.NDArray;

/**
 * A batch on the model's device. B examples, A attributes, L tokens.
 *
 * @param pixels_BCHW normalised floats
 * @param tokens null where no text is read
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 */
public record DeviceBatch(
    NDArray pixels_BCHW, Tokens tokens, NDArray category_B, NDArray attributes_BA) {}
