package org.visionfashion.demo;

import static org.visionfashion.demo.Codes.*;

import org.visionfashion.data.ClothingType;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName.Gender;
import org.visionfashion.demo.Outfit.Bottom;
import org.visionfashion.demo.Outfit.Outer;
import org.visionfashion.demo.Outfit.Top;

/**
 * Joint statistics of the labels: the type decides the cut, the cut decides what sleeves, lengths,
 * fabrics and patterns are likely. The garment that is for sale is worn so that all of it is seen:
 * trousers and skirts with the top tucked in, tops over the waistband.
 */
final class OutfitSampler {

  private OutfitSampler() {}

  /** The garments of one item with the accessories of its first variant. */
  static Outfit item(Gender gender, ClothingType type, Dice dice) {
    Top top = top(gender, type, dice);
    Outer outer = outer(type, dice);
    Bottom bottom = bottom(gender, type, dice);
    Labels labels = Labels.nothing().with(FashionLabel.SLEEVE, sleeve(gender, type, outer, dice));
    labels = labels.with(FashionLabel.NECKLINE, neckline(gender, top, outer, labels, dice));
    labels = labels.with(FashionLabel.LOWER_LENGTH, lowerLength(top, bottom, dice));
    labels = labels.with(FashionLabel.NAVEL, dice.chance(cropped(gender, top)) ? NO : YES);
    labels = labels.with(FashionLabel.WAIST, waist(top, labels, dice));
    labels =
        labels.with(
            Garment.UPPER,
            pick(dice, upperFabric(type, top)),
            pattern(dice, upperPattern(type, top)));
    if (bottom != Bottom.NONE) {
      Fabric fabric = lowerFabric(type, bottom, dice);
      labels = labels.with(Garment.LOWER, fabric, pattern(dice, lowerPattern(type, bottom)));
    }
    if (outer != Outer.NONE) {
      labels =
          labels
              .with(Garment.OUTER, pick(dice, outerFabric(outer)), outerPattern(outer, dice))
              .with(FashionLabel.CARDIGAN, outer == Outer.CARDIGAN ? IS_CARDIGAN : NO_CARDIGAN);
    }
    if (outer == Outer.SUIT) {
      labels = matchingTrousers(labels);
    }
    return accessories(new Outfit(gender, type, labels, top, bottom, outer), dice);
  }

  /** Another variant of an item: new accessories and now and then another pattern. */
  static Outfit variant(Outfit item, Dice dice) {
    Labels labels = item.labels();
    Garment sold = Garment.sold(item.type());
    boolean plain = item.type() != ClothingType.GRAPHIC_TEES && item.outer() != Outer.SUIT;
    if (plain && dice.chance(0.35)) {
      double[] weights =
          switch (sold) {
            case UPPER -> upperPattern(item.type(), item.top());
            case LOWER -> lowerPattern(item.type(), item.bottom());
            case OUTER -> OUTER_PATTERN;
          };
      labels = labels.with(sold, item.fabric(sold), pattern(dice, weights));
    }
    return accessories(with(item, labels), dice);
  }

  /** An outfit that shows these labels, with something plausible where they are NA. */
  static Outfit complete(Gender gender, ClothingType type, Labels seen, Dice dice) {
    Outfit guess = item(gender, type, dice);
    Labels labels = guess.labels();
    for (FashionLabel group : FashionLabel.ALL) {
      if (!seen.isNa(group)) {
        labels = labels.with(group, seen.get(group));
      }
    }
    Top top = guess.top();
    Bottom bottom = guess.bottom();
    Outer outer = guess.outer();
    if (seen.has(Garment.LOWER) && bottom == Bottom.NONE) {
      top = Top.TEE;
      bottom = type == ClothingType.DRESSES ? Bottom.SKIRT : Bottom.TROUSERS;
    }
    if (bottom == Bottom.SHORTS && labels.get(FashionLabel.LOWER_LENGTH) > MEDIUM_SHORT) {
      bottom = Bottom.TROUSERS;
    }
    if (!seen.has(Garment.OUTER) && Garment.sold(type) != Garment.OUTER) {
      outer = Outer.NONE;
      labels =
          labels.without(
              FashionLabel.OUTER_FABRIC, FashionLabel.OUTER_PATTERN, FashionLabel.CARDIGAN);
    } else if (outer == Outer.NONE) {
      outer =
          seen.is(FashionLabel.CARDIGAN, IS_CARDIGAN)
              ? Outer.CARDIGAN
              : gender == Gender.WOMEN ? Outer.COAT : Outer.JACKET;
    }
    return new Outfit(gender, type, labels, top, bottom, outer);
  }

  private static Outfit with(Outfit outfit, Labels labels) {
    return new Outfit(
        outfit.gender(), outfit.type(), labels, outfit.top(), outfit.bottom(), outfit.outer());
  }

  private static Top top(Gender gender, ClothingType type, Dice dice) {
    return switch (type) {
      case BLOUSES_SHIRTS -> Top.BLOUSE;
      case DRESSES -> Top.DRESS;
      case ROMPERS_JUMPSUITS -> Top.ROMPER;
      case SHIRTS_POLOS, SUITING -> Top.SHIRT;
      case SWEATERS -> Top.SWEATER;
      case SWEATSHIRTS_HOODIES -> Top.HOODIE;
      case TEES_TANKS, GRAPHIC_TEES -> Top.TEE;
      case JACKETS_COATS, JACKETS_VESTS, CARDIGANS ->
          gender == Gender.MEN && dice.chance(0.4) ? Top.SHIRT : Top.TEE;
      case DENIM, PANTS, LEGGINGS, SHORTS, SKIRTS -> Top.FITTED;
    };
  }

  private static Outer outer(ClothingType type, Dice dice) {
    return switch (type) {
      case CARDIGANS -> Outer.CARDIGAN;
      case JACKETS_COATS -> Outer.COAT;
      case JACKETS_VESTS -> dice.chance(0.4) ? Outer.VEST : Outer.JACKET;
      case SUITING -> Outer.SUIT;
      default -> Outer.NONE;
    };
  }

  private static Bottom bottom(Gender gender, ClothingType type, Dice dice) {
    return switch (type) {
      case DRESSES, ROMPERS_JUMPSUITS -> Bottom.NONE;
      case DENIM -> Bottom.JEANS;
      case LEGGINGS -> Bottom.TIGHT;
      case SHORTS -> Bottom.SHORTS;
      case SKIRTS -> Bottom.SKIRT;
      case PANTS, SUITING -> Bottom.TROUSERS;
      default ->
          gender == Gender.MEN
              ? pick(dice, new Bottom[] {Bottom.TROUSERS, Bottom.JEANS, Bottom.SHORTS}, 5, 3, 3)
              : pick(
                  dice,
                  new Bottom[] {Bottom.TROUSERS, Bottom.JEANS, Bottom.SKIRT, Bottom.SHORTS},
                  4,
                  2.5,
                  3,
                  3);
    };
  }

  private static int sleeve(Gender gender, ClothingType type, Outer outer, Dice dice) {
    if (outer == Outer.VEST) {
      return dice.weighted(20, 45, 0, 35);
    }
    return switch (type) {
      case TEES_TANKS ->
          gender == Gender.WOMEN ? dice.weighted(46, 38, 8, 6, 2) : dice.weighted(26, 60, 6, 6, 2);
      case GRAPHIC_TEES -> dice.weighted(15, 62, 10, 11, 2);
      case BLOUSES_SHIRTS -> dice.weighted(20, 20, 18, 32, 10);
      case SHIRTS_POLOS -> dice.weighted(0, 48, 5, 35, 12);
      case SWEATERS -> dice.weighted(4, 8, 14, 68, 6);
      case SWEATSHIRTS_HOODIES -> dice.weighted(9, 12, 6, 67, 6);
      case DRESSES -> dice.weighted(38, 25, 12, 21, 4);
      case ROMPERS_JUMPSUITS -> dice.weighted(48, 23, 10, 15, 4);
      case CARDIGANS, JACKETS_COATS -> dice.weighted(3, 5, 15, 70, 7);
      case JACKETS_VESTS -> dice.weighted(0, 4, 4, 86, 6);
      case SUITING -> SLEEVE_LONG;
      case DENIM, PANTS, LEGGINGS, SHORTS, SKIRTS -> dice.weighted(38, 36, 9, 17, 0);
    };
  }

  private static int neckline(Gender gender, Top top, Outer outer, Labels labels, Dice dice) {
    if (outer == Outer.SUIT) {
      return NECK_LAPEL;
    }
    if (outer != Outer.NONE && outer != Outer.VEST && dice.chance(lapels(outer))) {
      return NECK_LAPEL;
    }
    double straps = labels.is(FashionLabel.SLEEVE, SLEEVELESS) && gender == Gender.WOMEN ? 45 : 0;
    double square = gender == Gender.WOMEN ? 18 : 3;
    return switch (top) {
      case FITTED -> dice.weighted(22, square, 42, 8, 0, straps);
      case TEE -> dice.weighted(26, square, 48, 5, 0, straps);
      case SHIRT -> dice.weighted(0, 0, 0, 18, 82, 0);
      case BLOUSE -> dice.weighted(24, square, 16, 20, 30, straps / 3);
      case SWEATER -> dice.weighted(26, 4, 40, 30, 0, 0);
      case HOODIE -> dice.weighted(14, 0, 66, 20, 0, 0);
      case DRESS -> dice.weighted(26, square, 26, 10, 9, straps);
      case ROMPER -> dice.weighted(24, square, 20, 7, 15, straps);
    };
  }

  private static double lapels(Outer outer) {
    return switch (outer) {
      case COAT -> 0.6;
      case JACKET -> 0.35;
      default -> 0;
    };
  }

  private static int lowerLength(Top top, Bottom bottom, Dice dice) {
    return switch (bottom) {
      case TROUSERS -> dice.weighted(0, 0, 22, 78);
      case JEANS -> dice.weighted(0, 0, 18, 82);
      case TIGHT -> dice.weighted(0, 5, 28, 67);
      case SHORTS -> dice.weighted(60, 40, 0, 0);
      case SKIRT -> dice.weighted(36, 36, 18, 10);
      case NONE -> top == Top.DRESS ? dice.weighted(36, 34, 16, 14) : dice.weighted(48, 12, 10, 30);
    };
  }

  private static double cropped(Gender gender, Top top) {
    if (gender == Gender.MEN || top == Top.DRESS || top == Top.ROMPER) {
      return 0;
    }
    return switch (top) {
      case FITTED -> 0.25;
      case TEE -> 0.14;
      case HOODIE -> 0.1;
      default -> 0.06;
    };
  }

  private static int waist(Top top, Labels labels, Dice dice) {
    boolean shown =
        top == Top.FITTED
            || top == Top.DRESS
            || top == Top.ROMPER
            || labels.is(FashionLabel.NAVEL, NO)
            || dice.chance(top == Top.SWEATER || top == Top.HOODIE ? 0.04 : 0.15);
    return shown ? dice.weighted(54, 34, 12) : WAIST_HIDDEN;
  }

  // Weights in the order of Fabric: denim, cotton, leather, furry, knitted, chiffon, other.
  private static double[] upperFabric(ClothingType type, Top top) {
    return switch (top) {
      case TEE ->
          type == ClothingType.GRAPHIC_TEES
              ? weights(2, 74, 3, 2, 6, 6, 7)
              : weights(3, 52, 6, 4, 12, 14, 9);
      case BLOUSE -> weights(9, 38, 4, 2, 4, 36, 7);
      case SHIRT -> weights(20, 54, 4, 1, 8, 4, 9);
      case SWEATER -> weights(0, 6, 1, 18, 68, 1, 6);
      case HOODIE -> weights(4, 48, 4, 17, 13, 1, 13);
      case DRESS -> weights(9, 31, 10, 4, 12, 26, 8);
      case ROMPER -> weights(20, 34, 9, 3, 6, 18, 10);
      case FITTED -> weights(4, 54, 5, 4, 15, 13, 5);
    };
  }

  // Weights in the order of Pattern: floral, graphic, striped, pure, lattice, other, block.
  private static double[] upperPattern(ClothingType type, Top top) {
    if (type == ClothingType.GRAPHIC_TEES) {
      return weights(0, 100, 0, 0, 0, 0, 0);
    }
    return switch (top) {
      case TEE ->
          type == ClothingType.TEES_TANKS
              ? weights(14, 2, 21, 33, 9, 11, 10)
              : weights(8, 4, 20, 52, 7, 6, 3);
      case BLOUSE -> weights(24, 2, 16, 31, 10, 11, 6);
      case SHIRT -> weights(8, 2, 22, 34, 22, 7, 5);
      case SWEATER -> weights(7, 5, 24, 36, 8, 9, 11);
      case HOODIE -> weights(4, 18, 8, 40, 5, 8, 17);
      case DRESS -> weights(25, 2, 14, 27, 10, 13, 9);
      case ROMPER -> weights(19, 2, 14, 34, 9, 12, 10);
      case FITTED -> weights(7, 3, 18, 56, 6, 7, 3);
    };
  }

  private static Fabric lowerFabric(ClothingType type, Bottom bottom, Dice dice) {
    boolean sold = Garment.sold(type) == Garment.LOWER;
    return pick(
        dice,
        switch (bottom) {
          case JEANS -> weights(100, 0, 0, 0, 0, 0, 0);
          case TIGHT -> weights(3, 46, 23, 2, 14, 3, 9);
          case SHORTS -> sold ? weights(26, 36, 13, 3, 6, 8, 8) : weights(28, 48, 9, 1, 4, 5, 5);
          case SKIRT -> sold ? weights(15, 28, 19, 4, 10, 16, 8) : weights(12, 46, 14, 2, 8, 13, 5);
          case TROUSERS, NONE ->
              sold ? weights(0, 48, 19, 3, 7, 13, 10) : weights(0, 66, 14, 1, 6, 7, 6);
        });
  }

  private static double[] lowerPattern(ClothingType type, Bottom bottom) {
    if (bottom == Bottom.JEANS) {
      return weights(4, 3, 3, 80, 2, 3, 5);
    }
    return Garment.sold(type) == Garment.LOWER
        ? weights(14, 3, 14, 40, 13, 9, 7)
        : weights(7, 1, 8, 66, 10, 5, 3);
  }

  private static double[] outerFabric(Outer outer) {
    return switch (outer) {
      case CARDIGAN -> weights(0, 5, 1, 17, 70, 4, 3);
      case COAT -> weights(14, 23, 20, 21, 7, 3, 12);
      case SUIT -> weights(2, 68, 8, 2, 8, 2, 10);
      default -> weights(21, 18, 22, 9, 4, 0, 26);
    };
  }

  private static final double[] OUTER_PATTERN = weights(7, 2, 13, 46, 17, 6, 9);

  private static Pattern outerPattern(Outer outer, Dice dice) {
    return pattern(dice, outer == Outer.SUIT ? weights(0, 0, 22, 54, 24, 0, 0) : OUTER_PATTERN);
  }

  private static Labels matchingTrousers(Labels labels) {
    return labels
        .with(FashionLabel.LOWER_FABRIC, labels.get(FashionLabel.OUTER_FABRIC))
        .with(FashionLabel.LOWER_PATTERN, labels.get(FashionLabel.OUTER_PATTERN))
        .with(FashionLabel.LOWER_LENGTH, LENGTH_LONG)
        .with(FashionLabel.UPPER_PATTERN, Pattern.ALL.indexOf(Pattern.PURE));
  }

  private static Outfit accessories(Outfit outfit, Dice dice) {
    boolean woman = outfit.gender() == Gender.WOMEN;
    double neckwear = outfit.outer() == Outer.SUIT ? 0.85 : 0.24;
    int legs = dice.weighted(46, 40, woman && outfit.bottom() != Bottom.TIGHT ? 22 : 0);
    return with(
        outfit,
        outfit
            .labels()
            .with(FashionLabel.HAT, dice.chance(0.16) ? YES : NO)
            .with(FashionLabel.GLASSES, dice.weighted(74, 10, 12, 4))
            .with(FashionLabel.NECKWEAR, dice.chance(neckwear) ? YES : NO)
            .with(FashionLabel.WRIST, dice.chance(0.33) ? YES : NO)
            .with(FashionLabel.RING, dice.chance(0.15) ? YES : NO)
            .with(FashionLabel.SOCKS, legs));
  }

  private static double[] weights(double... weights) {
    return weights;
  }

  private static Fabric pick(Dice dice, double[] weights) {
    return Fabric.ALL.get(dice.weighted(weights));
  }

  private static Pattern pattern(Dice dice, double[] weights) {
    return Pattern.ALL.get(dice.weighted(weights));
  }

  private static Bottom pick(Dice dice, Bottom[] cuts, double... weights) {
    return cuts[dice.weighted(weights)];
  }
}
