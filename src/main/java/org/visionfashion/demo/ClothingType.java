package org.visionfashion.demo;

import java.util.Arrays;
import java.util.List;

/**
 * The 17 clothing types, how often the demo set draws them, and which garment of the outfit they
 * name.
 */
enum ClothingType {
  BLOUSES_SHIRTS("Blouses_Shirts", 8, 0, Garment.UPPER),
  CARDIGANS("Cardigans", 6, 0, Garment.OUTER),
  DENIM("Denim", 2.5, 2.5, Garment.LOWER),
  DRESSES("Dresses", 11, 0, Garment.UPPER),
  GRAPHIC_TEES("Graphic_Tees", 5, 0, Garment.UPPER),
  JACKETS_COATS("Jackets_Coats", 6, 0, Garment.OUTER),
  JACKETS_VESTS("Jackets_Vests", 0, 3.5, Garment.OUTER),
  LEGGINGS("Leggings", 3.5, 0, Garment.LOWER),
  PANTS("Pants", 4, 2.5, Garment.LOWER),
  ROMPERS_JUMPSUITS("Rompers_Jumpsuits", 5.5, 0, Garment.UPPER),
  SHIRTS_POLOS("Shirts_Polos", 0, 4.5, Garment.UPPER),
  SHORTS("Shorts", 5, 2.5, Garment.LOWER),
  SKIRTS("Skirts", 6.5, 0, Garment.LOWER),
  SUITING("Suiting", 0, 2.5, Garment.OUTER),
  SWEATERS("Sweaters", 5, 2, Garment.UPPER),
  SWEATSHIRTS_HOODIES("Sweatshirts_Hoodies", 3, 2.5, Garment.UPPER),
  TEES_TANKS("Tees_Tanks", 9, 5, Garment.UPPER);

  private final String text;
  private final double women;
  private final double men;
  private final Garment garment;

  ClothingType(String text, double women, double men, Garment garment) {
    this.text = text;
    this.women = women;
    this.men = men;
    this.garment = garment;
  }

  /** As in the file name. */
  String text() {
    return text;
  }

  /** The garment that is for sale; the rest of the outfit goes with it. */
  Garment garment() {
    return garment;
  }

  /** How often, as a weight; 0 = this gender does not have the type. */
  double weight(Gender gender) {
    return gender == Gender.WOMEN ? women : men;
  }

  /** Dresses, rompers and jumpsuits: the upper garment carries the texture, the lower is NA. */
  boolean onePiece() {
    return this == DRESSES || this == ROMPERS_JUMPSUITS;
  }

  static ClothingType of(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no clothing type " + text));
  }

  /** A gender and a type that go together. */
  record Listing(Gender gender, ClothingType type) {

    double weight() {
      return type.weight(gender);
    }

    /** The 23 pairs. */
    static List<Listing> all() {
      return Arrays.stream(Gender.values())
          .flatMap(
              gender -> Arrays.stream(ClothingType.values()).map(type -> new Listing(gender, type)))
          .filter(listing -> listing.weight() > 0)
          .toList();
    }
  }
}
