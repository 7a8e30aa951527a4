package org.visionfashion.demo;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.Map;

/**
 * Capitals, digits and a few marks as strokes, so that nothing depends on the fonts of a machine:
 * the same pictures everywhere, and a server without any font will do.
 */
final class StrokeFont {

  // Points a to o stand row by row on a grid of 3 columns and 5 rows; a blank lifts the pen.
  private static final Map<Character, String> STROKES =
      Map.ofEntries(
          Map.entry('A', "mdbfo gi"),
          Map.entry('B', "amnlhg hfba"),
          Map.entry('C', "cbdjno"),
          Map.entry('D', "amnlfba"),
          Map.entry('E', "camo gh"),
          Map.entry('F', "cam gh"),
          Map.entry('G', "cbdjnoih"),
          Map.entry('H', "am co gi"),
          Map.entry('I', "bn"),
          Map.entry('J', "clnj"),
          Map.entry('K', "am cgo"),
          Map.entry('L', "amo"),
          Map.entry('M', "mahco"),
          Map.entry('N', "maoc"),
          Map.entry('O', "bdjnlfb"),
          Map.entry('P', "mabfhg"),
          Map.entry('Q', "bdjnlfb ko"),
          Map.entry('R', "mabfhg ho"),
          Map.entry('S', "cbdhlnm"),
          Map.entry('T', "ac bn"),
          Map.entry('U', "ajnlc"),
          Map.entry('V', "anc"),
          Map.entry('W', "amhoc"),
          Map.entry('X', "ao cm"),
          Map.entry('Y', "ahc hn"),
          Map.entry('Z', "acmo"),
          Map.entry('0', "acoma"),
          Map.entry('1', "dbn"),
          Map.entry('2', "dbfmo"),
          Map.entry('3', "abfhlnm"),
          Map.entry('4', "agi co"),
          Map.entry('5', "caghlnm"),
          Map.entry('6', "cdjnlhg"),
          Map.entry('7', "acn"),
          Map.entry('8', "acoma gi"),
          Map.entry('9', "igaco"),
          Map.entry('-', "gi"),
          Map.entry('_', "mo"),
          Map.entry('.', "nn"),
          Map.entry(',', "km"),
          Map.entry('/', "mc"),
          Map.entry('=', "df jl"),
          Map.entry(':', "ee kk"));

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

  /** Draws a line of text with its upper left corner at a point, in the brush's colour. */
  static void draw(Graphics2D brush, String text, double x, double y, double height) {
    double width = height * 0.5;
    brush.setStroke(Stage.round(height * 0.13));
    for (char character : text.toUpperCase(Locale.ROOT).toCharArray()) {
      brush.draw(glyph(character, x, y, width, height));
      x += height * 0.78;
    }
  }
}
