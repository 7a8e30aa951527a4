package org.visionfashion.data.text;

/**
 * Captions as token ids, padded to the longest of them. B captions, L tokens.
 *
 * @param ids_BL token ids, row after row, padded with the pad token
 * @param mask_BL 1 at tokens, 0 at padding
 * @param length L, special tokens included
 */
public record Tokens(long[] ids_BL, long[] mask_BL, int length) {}
