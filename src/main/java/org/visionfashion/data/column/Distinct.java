package org.visionfashion.data.column;

import java.util.function.IntFunction;

/**
 * Tells which of n texts are equal, exactly, in 12 to 24 bytes each and without keeping any: an
 * open-addressing table of their indices.
 */
public final class Distinct {

  private static final long INDEX = 0xffffffffL;

  private final IntFunction<String> text;
  private final long[] slots; // upper half: of the hash; lower half: index + 1, 0 = free

  /**
   * An empty table.
   *
   * @param texts how many will be asked for at most
   * @param text gives the text of an index
   */
  public Distinct(int texts, IntFunction<String> text) {
    this.text = text;
    this.slots = new long[(int) Long.highestOneBit(Math.max(1, texts * 3L / 2)) << 1];
  }

  /** The index that was asked for first among those with the same text, this one perhaps. */
  public int first(int index) {
    String own = text.apply(index);
    long hash = hash(own);
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int there = (int) (slots[slot] & INDEX) - 1;
      if (((slots[slot] ^ hash) & ~INDEX) == 0 && (there == index || text.apply(there).equals(own))) {
        return there;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = (hash & ~INDEX) | (index + 1L);
    return index;
  }

  private static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 0x100000001b3L + text.charAt(i);
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }
}
