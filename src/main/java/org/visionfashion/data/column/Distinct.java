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
    int slot = slot(own);
    if (slots[slot] == 0) {
      fill(slot, own, index);
    }
    return index(slot);
  }

  /** Puts an index in the place of the last one with the same text; returns that, -1 = none. */
  public int replace(int index) {
    String own = text.apply(index);
    int slot = slot(own);
    int before = index(slot);
    fill(slot, own, index);
    return before;
  }

  /** The index that a text has; -1 = none. For any number of threads once nothing is added. */
  public int find(String wanted) {
    return index(slot(wanted));
  }

  /** The slot of a text, or a free one. */
  private int slot(String wanted) {
    long hash = hash(wanted);
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0
        && (((slots[slot] ^ hash) & ~INDEX) != 0 || !text.apply(index(slot)).equals(wanted))) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int index(int slot) {
    return (int) (slots[slot] & INDEX) - 1;
  }

  private void fill(int slot, String own, int index) {
    slots[slot] = (hash(own) & ~INDEX) | (index + 1L);
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
