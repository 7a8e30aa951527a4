package org.visionfashion.demo;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Map;

/**
 * The capitals that a graphic tee prints, as strokes, so that nothing depends on the fonts of a
 * machine: the same pictures everywhere, and a server without any font will do.
 */
final class StrokeFont {

  // Points a to o stand row by row on a grid of 3 columns and 5 rows; a blank lifts the pen.
  private static final Map<Character, String> STROKES =
      Map.ofEntries(
          Map.entry('A', "mdbfo gi"),
          Map.entry('E', "camo gh"),
          Map.entry('F', "cam gh"),
          Map.entry('H', "am co gi"),
          Map.entry('K', "am cgo"),
          Map.entry('L', "amo"),
          Map.entry('M', "mahco"),
          Map.entry('N', "maoc"),
          Map.entry('R', "mabfhg ho"),
          Map.entry('V', "anc"),
          Map.entry('X', "ao cm"),
          Map.entry('Y', "ahc hn"),
          Map.entry('Z', "acmo"));

  private StrokeFont() {}

  /** One character in a box; empty for a character that the font does not have. */
  static Shape glyph(char character, double x, double y, double width, double height) {
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (char point : STROKES.getOrDefault(character, "").toCharArray()) {
      if (point == ' ') {
        down = false;
        continue;
      }
      int place = point - 'a';
      int row = place / 3;
      double px = x + width * (place % 3) / 2.0;
      double py = y + height * row / 4.0;
      if (down) {
        path.lineTo(px, py);
      } else {
        path.moveTo(px, py);
      }
      down = true;
    }
    return path;
  }
}
