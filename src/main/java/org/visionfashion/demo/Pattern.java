package org.visionfashion.demo;

import java.util.List;

/** Patterns in the order of their codes. */
enum Pattern {
  FLORAL,
  GRAPHIC,
  STRIPED,
  PURE,
  LATTICE,
  OTHER,
  BLOCK;

  static final List<Pattern> ALL = List.of(values());
}
