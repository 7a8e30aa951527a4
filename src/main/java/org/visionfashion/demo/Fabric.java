package org.visionfashion.demo;

import java.util.List;

/** Fabrics in the order of their codes. */
enum Fabric {
  DENIM,
  COTTON,
  LEATHER,
  FURRY,
  KNITTED,
  CHIFFON,
  OTHER;

  static final List<Fabric> ALL = List.of(values());
}
