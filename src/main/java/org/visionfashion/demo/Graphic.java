package org.visionfashion.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.visionfashion.demo.Scene.Swatch;

/** Large prints: each fills the square from (-1, -1) to (1, 1). */
final class Graphic {

  private static final String LETTERS = "AEFHKLMNRVXYZ";

  private Graphic() {}

  static void paint(Graphics2D brush, Swatch swatch, Dice dice) {
    Color first = swatch.second();
    Color second = Colours.mix(swatch.third(), swatch.ground(), 0.15);
    switch (dice.below(8)) {
      case 0 -> heart(brush, first, second);
      case 1 -> fill(brush, Shapes.star(0, 0.05, 1.1, 0.48, 5, 0), first);
      case 2 -> smile(brush, first, swatch.ground());
      case 3 -> letters(brush, first, dice);
      case 4 -> mountains(brush, first, second, swatch.ground());
      case 5 -> bolt(brush, first, swatch.ground());
      case 6 -> cat(brush, first, swatch.ground());
      default -> palm(brush, first, swatch.ground());
    }
  }

  private static void fill(Graphics2D brush, Shape shape, Color color) {
    brush.setColor(color);
    brush.fill(shape);
  }

  private static void heart(Graphics2D brush, Color color, Color shadow) {
    Path2D heart = new Path2D.Double();
    heart.moveTo(0, 0.95);
    heart.curveTo(-1.5, -0.1, -1.0, -1.15, 0, -0.45);
    heart.curveTo(1.0, -1.15, 1.5, -0.1, 0, 0.95);
    fill(brush, heart, color);
    fill(brush, Shapes.oval(-0.45, -0.4, 0.2, 0.14), shadow);
  }

  private static void smile(Graphics2D brush, Color color, Color ground) {
    fill(brush, Shapes.disc(0, 0, 1), color);
    fill(brush, Shapes.oval(-0.36, -0.25, 0.15, 0.24), ground);
    fill(brush, Shapes.oval(0.36, -0.25, 0.15, 0.24), ground);
    brush.setStroke(stroke(0.2));
    brush.draw(Shapes.curve(-0.58, 0.25, 0, 0.62, 0.58, 0.25));
  }

  private static void letters(Graphics2D brush, Color color, Dice dice) {
    brush.setColor(color);
    for (int i = 0; i < 2; i++) {
      char letter = LETTERS.charAt(dice.below(LETTERS.length()));
      Shape glyph = StrokeFont.glyph(letter, -1.05 + 1.12 * i, -0.85, 0.98, 1.7);
      brush.setStroke(stroke(0.34));
      brush.draw(glyph);
    }
  }

  private static void mountains(Graphics2D brush, Color color, Color other, Color ground) {
    fill(brush, Shapes.disc(0, 0, 1.05), color);
    fill(brush, Shapes.disc(0.35, -0.4, 0.24), ground);
    fill(brush, Shapes.polygon(-0.85, 0.55, -0.25, -0.4, 0.3, 0.55), ground);
    fill(brush, Shapes.polygon(-0.1, 0.55, 0.4, -0.05, 0.85, 0.55), other);
  }

  private static void bolt(Graphics2D brush, Color color, Color ground) {
    fill(brush, new Rectangle2D.Double(-0.95, -0.95, 1.9, 1.9), color);
    fill(
        brush,
        Shapes.polygon(0.15, -0.85, -0.55, 0.15, -0.05, 0.15, -0.2, 0.85, 0.55, -0.2, 0.05, -0.2),
        ground);
  }

  private static void cat(Graphics2D brush, Color color, Color ground) {
    fill(brush, Shapes.polygon(-0.9, -1.0, -0.85, 0.2, 0.0, -0.5), color);
    fill(brush, Shapes.polygon(0.9, -1.0, 0.85, 0.2, 0.0, -0.5), color);
    fill(brush, Shapes.oval(0, 0.15, 0.95, 0.8), color);
    fill(brush, Shapes.oval(-0.38, 0.05, 0.17, 0.2), ground);
    fill(brush, Shapes.oval(0.38, 0.05, 0.17, 0.2), ground);
    fill(brush, Shapes.polygon(-0.13, 0.4, 0.13, 0.4, 0, 0.56), ground);
  }

  private static void palm(Graphics2D brush, Color color, Color ground) {
    fill(brush, Shapes.disc(0, 0, 1.05), color);
    brush.setColor(ground);
    brush.setStroke(stroke(0.2));
    brush.draw(Shapes.curve(0.1, 0.95, -0.05, 0.3, 0.05, -0.25));
    for (int i = -2; i <= 2; i++) {
      double angle = -Math.PI / 2 + i * 0.72;
      double x = 0.05 + 0.68 * Math.cos(angle);
      double y = -0.25 + 0.5 * Math.sin(angle) + Math.abs(i) * 0.12;
      brush.draw(Shapes.curve(0.05, -0.25, (0.05 + x) / 2, (y - 0.25) / 2 - 0.12, x, y));
    }
  }

  private static BasicStroke stroke(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
