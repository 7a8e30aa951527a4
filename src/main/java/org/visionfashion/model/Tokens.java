package org.visionfashion.model;

import ai.djl.ndarray.NDArray;

/**
 * Captions as the text tower takes them, all (B, L) int64.
 *
 * @param ids_BL token ids
 * @param types_BL token types, 0 for a single sentence
 * @param mask_BL 1 at tokens, 0 at padding
 */
public record Tokens(NDArray ids_BL, NDArray types_BL, NDArray mask_BL) {}
