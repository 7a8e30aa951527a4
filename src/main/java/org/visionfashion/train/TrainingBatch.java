package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import org.visionfashion.model.Tokens;

/**
 * A batch on the model's device. B examples, A attributes, L tokens.
 *
 * @param pixels_BCHW normalised floats
 * @param tokens null where the objective reads no text
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 */
public record TrainingBatch(
    NDArray pixels_BCHW, Tokens tokens, NDArray category_B, NDArray attributes_BA) {}
