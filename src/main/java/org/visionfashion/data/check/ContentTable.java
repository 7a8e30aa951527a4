package org.visionfashion.data.check;

import org.visionfashion.data.Seeds;
import org.visionfashion.data.Split;

/** The first picture of each content in each split: a hash table of places, open addressing. */
final class ContentTable {

  private final PictureFacts facts;
  private final int[] slots; // place + 1, 0 = free

  ContentTable(PictureFacts facts) {
    this.facts = facts;
    this.slots = new int[Integer.highestOneBit(Math.max(1, facts.count())) << 2];
  }

  /**
   * The first that was put with this picture's content and split; puts this one where there is
   * none.
   */
  int firstOrPut(int place) {
    int slot = slot(place, facts.split(place));
    if (slots[slot] == 0) {
      slots[slot] = place + 1;
    }
    return slots[slot] - 1;
  }

  /** The first of a split with this content, -1 = none. */
  int first(int place, Split split) {
    return slots[slot(place, split)] - 1;
  }

  private int slot(int place, Split split) {
    int slot =
        (int) Seeds.mix(facts.contentLow(place) + split.name().hashCode()) & (slots.length - 1);
    while (slots[slot] != 0 && !isSame(slots[slot] - 1, place, split)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean isSame(int stored, int place, Split split) {
    return facts.split(stored) == split
        && facts.contentHigh(stored) == facts.contentHigh(place)
        && facts.contentLow(stored) == facts.contentLow(place);
  }
}
