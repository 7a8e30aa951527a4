package org.visionfashion.data;

import org.visionfashion.data.column.Distinct;

/**
 * How the items of a data set lie in its splits; an empty item is none.
 *
 * @param items different ones
 * @param shared with pictures in more than one split
 * @param tested with pictures in the test split
 * @param seen those of {@code tested} that have pictures in the training split too
 */
public record ItemCounts(int items, int shared, int tested, int seen) {

  /** Counts exactly, in some 20 bytes an example. */
  static ItemCounts of(Examples examples) {
    int n = examples.size();
    Distinct distinct = new Distinct(n, examples::item);
    byte[] sides = new byte[n];
    for (int i = 0; i < n; i++) {
      if (!examples.item(i).isEmpty()) {
        sides[distinct.first(i)] |= bit(examples.split(i));
      }
    }
    ItemCounts counts = new ItemCounts(0, 0, 0, 0);
    for (byte each : sides) {
      counts = each == 0 ? counts : counts.and(each);
    }
    return counts;
  }

  private ItemCounts and(byte sides) {
    boolean test = (sides & bit(Split.TEST)) != 0;
    boolean train = (sides & bit(Split.TRAIN)) != 0;
    return new ItemCounts(
        items + 1,
        shared + (Integer.bitCount(sides) > 1 ? 1 : 0),
        tested + (test ? 1 : 0),
        seen + (test && train ? 1 : 0));
  }

  private static byte bit(Split split) {
    return switch (split) {
      case TRAIN -> 1;
      case VALIDATION -> 2;
      case TEST -> 4;
    };
  }
}
