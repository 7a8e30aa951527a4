package org.visionfashion.demo;

import java.awt.Color;
import java.util.List;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FileName.Gender;
import org.visionfashion.data.FileName.View;

/**
 * Everything in a picture that says nothing about a label: who wears it, in which colours, how she
 * stands, where, in what light and how the photographer framed it. It is drawn from streams of its
 * own that never see the labels.
 *
 * @param noise seed of whatever is scattered: grain, creases, blossoms
 */
record Scene(
    Person person,
    Palette palette,
    Pose pose,
    Framing framing,
    Backdrop backdrop,
    boolean lightFromLeft,
    double lightStrength,
    Prop prop,
    long noise) {

  /** Something that stands before a part of the figure. */
  enum Prop {
    NONE,
    BAG,
    PLANT
  }

  enum Setting {
    PLAIN,
    GRADIENT,
    CIRCLE,
    BRUSH,
    ROOM,
    STREET
  }

  /** Where the figure stands. */
  record Backdrop(Setting setting, Color first, Color second, Color third, long seed) {}

  /**
   * Who wears it. Gender alone is tied to the listing.
   *
   * @param build factor on all widths
   * @param stature factor on the length of the legs
   * @param hairStyle 0 to 4, drawn differently for women and men
   */
  record Person(
      Gender gender,
      double build,
      double stature,
      Color skin,
      Color hair,
      int hairStyle,
      boolean beard,
      double face) {}

  /**
   * Colours of a garment: ground, first and second colour of its pattern.
   *
   * @param seed decides how the pattern is laid out
   */
  record Swatch(Color ground, Color second, Color third, long seed) {}

  /** Colours of the outfit. */
  record Palette(
      Swatch upper, Swatch lower, Swatch outer, Color shoes, Color accent, Color accent2) {

    Swatch of(Garment garment) {
      return switch (garment) {
        case UPPER -> upper;
        case LOWER -> lower;
        case OUTER -> outer;
      };
    }
  }

  /**
   * An arm: angles in degrees, outwards positive.
   *
   * @param upper from hanging
   * @param fore from the upper arm
   * @param pocket the hand is out of sight
   */
  record Arm(double upper, double fore, boolean pocket) {}

  /**
   * How the figure stands; lengths in heads.
   *
   * @param hipShift of the hips against the shoulders
   * @param tilt of the shoulders, slope
   * @param stance distance of the feet from the axis
   * @param turn +1 or -1: where a figure in side view looks
   */
  record Pose(
      double hipShift, double tilt, double stance, double bend, int turn, Arm left, Arm right) {

    Arm arm(int side) {
      return side < 0 ? left : right;
    }
  }

  /**
   * What the picture shows of the figure, in heads from the crown.
   *
   * @param shift of the figure's axis from the middle, as a share of the width
   */
  record Framing(double top, double bottom, double shift, boolean mirrored) {

    /** Whether a point of the figure, in heads, is well inside the picture. */
    boolean shows(double x, double y) {
      double heads = (bottom - top) * Stage.WIDTH / Stage.HEIGHT;
      double across = 0.5 + shift + (mirrored ? -x : x) / heads;
      return across > 0.04 && across < 0.96 && y > top + 0.1 && y < bottom - 0.1;
    }
  }

  /** The nuisance of one picture. */
  static Scene of(FileName name, long seed) {
    long id = Integer.parseInt(name.item());
    long variant = name.variant();
    long view = name.view().digit();
    Dice look = Dice.of("picture", seed, id, variant, view);
    return new Scene(
        person(name.gender(), Dice.of("person", seed, id, variant)),
        palette(Dice.of("palette", seed, id, variant)),
        pose(Dice.of("pose", seed, id, variant, view)),
        framing(name.view(), Dice.of("framing", seed, id, variant, view)),
        backdrop(Dice.of("backdrop", seed, id, variant, view)),
        look.chance(0.5),
        look.between(0.6, 1.2),
        List.of(Prop.values()).get(look.weighted(86, 8, 6)),
        look.number());
  }

  static Person person(Gender gender, Dice dice) {
    return new Person(
        gender,
        dice.between(0.94, 1.12),
        dice.between(0.97, 1.03),
        dice.pick(Colours.SKIN),
        dice.chance(0.1)
            ? Colours.hsb(dice.unit(), 0.5, dice.between(0.4, 0.8))
            : dice.pick(Colours.HAIR),
        dice.below(5),
        dice.chance(0.4),
        dice.unit());
  }

  static Palette palette(Dice dice) {
    return new Palette(
        swatch(dice),
        swatch(dice),
        swatch(dice),
        Colours.cloth(dice),
        Colours.cloth(dice),
        Colours.cloth(dice));
  }

  private static Swatch swatch(Dice dice) {
    Color ground = Colours.cloth(dice);
    return new Swatch(
        ground, Colours.against(ground, dice), Colours.against(ground, dice), dice.number());
  }

  static Pose pose(Dice dice) {
    return new Pose(
        dice.between(-0.16, 0.16),
        dice.between(-0.06, 0.06),
        dice.between(0.28, 0.5),
        dice.between(-0.12, 0.16),
        dice.sign(),
        arm(dice),
        arm(dice));
  }

  private static Arm arm(Dice dice) {
    return switch (dice.weighted(52, 17, 12, 10, 9)) {
      case 0 -> new Arm(dice.between(11, 22), dice.between(-12, 4), false);
      case 1 -> new Arm(dice.between(36, 46), dice.between(-92, -82), false);
      case 2 -> new Arm(dice.between(14, 22), dice.between(-34, -26), true);
      case 3 -> new Arm(dice.between(16, 26), dice.between(12, 40), false);
      default -> new Arm(dice.between(12, 20), dice.between(118, 138), false);
    };
  }

  static Framing framing(View view, Dice dice) {
    double top =
        switch (view) {
          case ADDITIONAL -> dice.between(0.56, 0.66);
          default -> dice.between(-0.5, -0.3);
        };
    double bottom =
        switch (view) {
          case ADDITIONAL -> dice.between(5.0, 5.5);
          case FULL, FLAT -> dice.between(7.55, 7.8);
          default -> dice.chance(0.25) ? dice.between(5.8, 6.4) : dice.between(6.9, 7.6);
        };
    return new Framing(top, bottom, dice.between(-0.05, 0.05), dice.chance(0.5));
  }

  static Backdrop backdrop(Dice dice) {
    Color first = Colours.backdrop(dice);
    return new Backdrop(
        List.of(Setting.values()).get(dice.weighted(26, 24, 12, 12, 14, 12)),
        first,
        Colours.near(first, dice),
        Colours.near(first, dice),
        dice.number());
  }
}
