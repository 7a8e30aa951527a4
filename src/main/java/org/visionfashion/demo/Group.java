package org.visionfashion.demo;

import java.util.List;

/** The 18 labelled groups in the order of the label files: shape, fabric, pattern. */
enum Group {
  SLEEVE(0, 6),
  LOWER_LENGTH(1, 5),
  SOCKS(2, 4),
  HAT(3, 3),
  GLASSES(4, 5),
  NECKWEAR(5, 3),
  WRIST(6, 3),
  RING(7, 3),
  WAIST(8, 5),
  NECKLINE(9, 7),
  CARDIGAN(10, 3),
  NAVEL(11, 3),
  UPPER_FABRIC(12, 8),
  LOWER_FABRIC(13, 8),
  OUTER_FABRIC(14, 8),
  UPPER_PATTERN(15, 8),
  LOWER_PATTERN(16, 8),
  OUTER_PATTERN(17, 8);

  static final List<Group> ALL = List.of(values());
  static final List<Group> SHAPE = ALL.subList(0, 12);
  static final List<Group> FABRIC = ALL.subList(12, 15);
  static final List<Group> PATTERN = ALL.subList(15, 18);

  private final int index;
  private final int size;

  Group(int index, int size) {
    this.index = index;
    this.size = size;
  }

  /** Position among the 18. */
  int index() {
    return index;
  }

  /** Number of codes, NA included. */
  int size() {
    return size;
  }

  /** NA is always the last code. */
  int na() {
    return size - 1;
  }
}
