package org.visionfashion.report.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The colours of page and figures, by light and by dark. A figure is drawn in the light ones; on
 * the page each is a CSS variable of the same name, and so follows the reader's choice.
 */
public enum Palette {
  INK(0x171c28, 0xe9ebf1),
  SOFT(0x5a6375, 0xa2abbd),
  LINE(0xe2e5eb, 0x2c323e),
  WASH(0xf5f6f8, 0x1b1f28),
  PAPER(0xffffff, 0x12151b),
  BLUE(0x2b5fd9, 0x82a8ff),
  ORANGE(0xb8560a, 0xf2a65c),
  GREEN(0x177a53, 0x57c999),
  PURPLE(0x7b4ab8, 0xbc9df2),
  ROSE(0xb62f68, 0xf28ab4),
  TEAL(0x0d7386, 0x55c4d8),
  OLIVE(0x76690a, 0xcdbb4b),
  GREY(0x737b8a, 0x8b94a5);

  private static final List<Palette> SERIES =
      List.of(BLUE, ORANGE, GREEN, PURPLE, ROSE, TEAL, OLIVE, GREY);

  private final Color light;
  private final Color dark;

  Palette(int light, int dark) {
    this.light = new Color(light);
    this.dark = new Color(dark);
  }

  /** As figures are drawn. */
  public Color color() {
    return light;
  }

  /** The colour of the n-th of several things in one figure, from 0; they repeat after eight. */
  public static Palette series(int n) {
    return SERIES.get(n % SERIES.size());
  }

  /** The CSS variables of a page on light or dark paper. */
  public static String css(boolean darkPaper) {
    return Arrays.stream(values())
        .map(each -> "%s: %s;".formatted(each.variable(), hex(darkPaper ? each.dark : each.light)))
        .collect(Collectors.joining(" "));
  }

  /** Puts the variables into the place of the colours that Batik writes. */
  static String themed(String svg) {
    String themed = svg;
    for (Palette each : values()) {
      Color c = each.light;
      String drawn = "rgb(%d,%d,%d)".formatted(c.getRed(), c.getGreen(), c.getBlue());
      themed = themed.replace(drawn, "var(" + each.variable() + ")");
    }
    return themed;
  }

  private String variable() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  private static String hex(Color color) {
    return String.format("#%06x", color.getRGB() & 0xFFFFFF);
  }
}
