package org.visionfashion.demo;

import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName.Gender;

/**
 * What somebody wears: the labels as they are, whether or not a picture shows them, and how the
 * garments are cut.
 *
 * @param labels NA only for garments that are not worn
 */
record Outfit(
    Gender gender, ClothingType type, Labels labels, Top top, Bottom bottom, Outer outer) {

  enum Top {
    FITTED,
    TEE,
    SHIRT,
    BLOUSE,
    SWEATER,
    HOODIE,
    DRESS,
    ROMPER
  }

  enum Bottom {
    NONE,
    TROUSERS,
    JEANS,
    TIGHT,
    SHORTS,
    SKIRT
  }

  enum Outer {
    NONE,
    CARDIGAN,
    COAT,
    JACKET,
    VEST,
    SUIT
  }

  boolean has(FashionLabel group, int code) {
    return labels.is(group, code);
  }

  Fabric fabric(Garment garment) {
    int code = labels.get(garment.fabric());
    return code < Fabric.ALL.size() ? Fabric.ALL.get(code) : Fabric.COTTON;
  }

  Pattern pattern(Garment garment) {
    int code = labels.get(garment.pattern());
    return code < Pattern.ALL.size() ? Pattern.ALL.get(code) : Pattern.PURE;
  }

  boolean onePiece() {
    return top == Top.DRESS || top == Top.ROMPER;
  }

  boolean hasOuter() {
    return outer != Outer.NONE;
  }

  /** Whether the sleeves that show are the outer garment's. */
  boolean outerSleeves() {
    return hasOuter() && outer != Outer.VEST;
  }

  /** The upper garment ends above the navel. */
  boolean cropped() {
    return has(FashionLabel.NAVEL, Codes.NO);
  }

  /** The upper garment hangs over the waistband. */
  boolean untucked() {
    return !onePiece() && !cropped() && has(FashionLabel.WAIST, Codes.WAIST_HIDDEN);
  }

  /** Where the upper garment ends, in heads from the crown. */
  double upperHem() {
    if (onePiece()) {
      return lowerHem();
    }
    if (cropped()) {
      return 2.5;
    }
    if (!untucked()) {
      return 2.95;
    }
    return switch (top) {
      case BLOUSE -> 3.95;
      case SWEATER, HOODIE -> 3.85;
      default -> 3.75;
    };
  }

  /** Where the lower garment (or a dress, or the legs of a romper) ends. */
  double lowerHem() {
    return switch (labels.get(FashionLabel.LOWER_LENGTH)) {
      case Codes.THREE_POINT -> 4.6;
      case Codes.MEDIUM_SHORT -> 5.4;
      case Codes.THREE_QUARTER -> 6.2;
      default -> 7.02;
    };
  }

  /** Where the outer garment ends; 0 = there is none. */
  double outerHem() {
    return switch (outer) {
      case NONE -> 0;
      case CARDIGAN -> 4.3;
      case COAT -> 5.15;
      case JACKET, VEST -> 3.5;
      case SUIT -> 4.0;
    };
  }
}
