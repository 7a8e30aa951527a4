package org.visionfashion.model;

import ai.djl.ndarray.NDArray;

/**
 * What the towers read of a batch, or of a part of one, on a device. B examples.
 *
 * @param pixels_BCHW normalised floats
 * @param tokens null where no text is read
 */
public record DeviceBatch(NDArray pixels_BCHW, Tokens tokens) {}
