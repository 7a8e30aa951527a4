package org.visionfashion.demo;

/** The three garments whose fabric and pattern are labelled. */
enum Garment {
  UPPER(Group.UPPER_FABRIC, Group.UPPER_PATTERN),
  LOWER(Group.LOWER_FABRIC, Group.LOWER_PATTERN),
  OUTER(Group.OUTER_FABRIC, Group.OUTER_PATTERN);

  private final Group fabric;
  private final Group pattern;

  Garment(Group fabric, Group pattern) {
    this.fabric = fabric;
    this.pattern = pattern;
  }

  Group fabric() {
    return fabric;
  }

  Group pattern() {
    return pattern;
  }
}
