package org.visionfashion.demo;

import java.awt.Color;
import java.util.List;

/** Colours and what is done with them. Hue is always uniform. */
final class Colours {

  static final List<Color> SKIN =
      List.of(
          new Color(0xF6D7C3),
          new Color(0xEBBF9F),
          new Color(0xD9A47E),
          new Color(0xB97D56),
          new Color(0x8F5B3B),
          new Color(0x5F3B28));

  static final List<Color> HAIR =
      List.of(
          new Color(0x1E1A1C),
          new Color(0x3A271E),
          new Color(0x6A4128),
          new Color(0x9A6235),
          new Color(0xC99A52),
          new Color(0xE3C88A),
          new Color(0x9C3F22),
          new Color(0xA9A6A4));

  private Colours() {}

  static Color hsb(double hue, double saturation, double brightness) {
    return Color.getHSBColor((float) hue, (float) saturation, (float) brightness);
  }

  /** A garment's ground: neither black nor white, so that folds and weave can be seen on it. */
  static Color cloth(Dice dice) {
    return hsb(dice.unit(), dice.between(0.14, 0.74), dice.between(0.42, 0.92));
  }

  /** A colour that stands out against the ground by lightness, whatever its hue. */
  static Color against(Color ground, Dice dice) {
    double hue = dice.unit();
    boolean bright = luminance(ground) < 0.5;
    return bright
        ? hsb(hue, dice.between(0.05, 0.4), dice.between(0.93, 1.0))
        : hsb(hue, dice.between(0.5, 0.95), dice.between(0.12, 0.34));
  }

  static Color backdrop(Dice dice) {
    return hsb(dice.unit(), dice.between(0.02, 0.2), dice.between(0.66, 0.98));
  }

  /** A relative of the colour, lighter or darker. */
  static Color near(Color color, Dice dice) {
    float[] hsb = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
    double brightness = hsb[2] + dice.sign() * dice.between(0.06, 0.2);
    return hsb(
        hsb[0] + dice.between(-0.12, 0.12),
        Math.max(0, Math.min(0.35, hsb[1] + dice.between(-0.1, 0.15))),
        Math.max(0.4, Math.min(1, brightness)));
  }

  /** Rec. 709 weights on the coded values, 0 to 1. */
  static double luminance(Color color) {
    return (0.2126 * color.getRed() + 0.7152 * color.getGreen() + 0.0722 * color.getBlue()) / 255;
  }

  /** From {@code a} (share 0) to {@code b} (share 1). */
  static Color mix(Color a, Color b, double share) {
    return new Color(
        (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }

  static Color darker(Color color, double share) {
    return mix(color, Color.BLACK, share);
  }

  static Color lighter(Color color, double share) {
    return mix(color, Color.WHITE, share);
  }

  static Color alpha(Color color, double alpha) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * alpha));
  }

  static Color black(double alpha) {
    return alpha(Color.BLACK, alpha);
  }

  static Color white(double alpha) {
    return alpha(Color.WHITE, alpha);
  }
}
