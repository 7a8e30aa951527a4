package org.visionfashion.data.loader;

/**
 * Captions as a model reads them: B captions of L tokens.
 *
 * @param length L
 * @param ids_BL token ids, padded with [PAD]
 * @param mask_BL 1 at tokens, 0 at padding
 */
public record Tokens(int length, long[] ids_BL, long[] mask_BL) {

  /** Where captions were not asked for. */
  public static final Tokens NONE = new Tokens(0, new long[0], new long[0]);

  /** Of each caption, without padding. */
  int[] lengths() {
    int[] lengths = new int[length == 0 ? 0 : mask_BL.length / length];
    for (int i = 0; i < mask_BL.length; i++) {
      lengths[i / length] += (int) mask_BL[i];
    }
    return lengths;
  }
}
