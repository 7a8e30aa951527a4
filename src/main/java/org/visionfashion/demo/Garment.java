package org.visionfashion.demo;

import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FashionLabel;

/** The three garments whose fabric and pattern are labelled. */
enum Garment {
  UPPER(FashionLabel.UPPER_FABRIC, FashionLabel.UPPER_PATTERN),
  LOWER(FashionLabel.LOWER_FABRIC, FashionLabel.LOWER_PATTERN),
  OUTER(FashionLabel.OUTER_FABRIC, FashionLabel.OUTER_PATTERN);

  private final FashionLabel fabric;
  private final FashionLabel pattern;

  Garment(FashionLabel fabric, FashionLabel pattern) {
    this.fabric = fabric;
    this.pattern = pattern;
  }

  /** The garment of an outfit that is for sale; the rest of the outfit goes with it. */
  static Garment sold(ClothingType type) {
    return switch (type) {
      case CARDIGANS, JACKETS_COATS, JACKETS_VESTS, SUITING -> OUTER;
      case DENIM, LEGGINGS, PANTS, SHORTS, SKIRTS -> LOWER;
      default -> UPPER;
    };
  }

  FashionLabel fabric() {
    return fabric;
  }

  FashionLabel pattern() {
    return pattern;
  }
}
