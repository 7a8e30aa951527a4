package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Fabrics as light and dark over whatever colours a garment has. Periods are 12 points and more (a
 * picture is 160 points wide), so that they survive a picture of 64 pixels.
 */
final class Weave {

  private static final Color STITCH = new Color(0xF3C776);

  private final Graphics2D brush;
  private final Dice dice;
  private final double reach;

  private Weave(Graphics2D brush, Dice dice, double reach) {
    this.brush = brush;
    this.dice = dice;
    this.reach = reach;
  }

  /** Paints over {@code bounds}; the brush keeps what is outside the cloth free. */
  static void paint(
      Cloth cloth, Graphics2D brush, List<Shape> shapes, Rectangle2D bounds, double grain) {
    AffineTransform upright = brush.getTransform();
    double reach = Math.hypot(bounds.getWidth(), bounds.getHeight()) / 2 + 8;
    brush.translate(Math.rint(bounds.getCenterX()), Math.rint(bounds.getCenterY()));
    brush.rotate(grain);
    Weave weave = new Weave(brush, Dice.of("weave", cloth.seed(), (long) bounds.getX()), reach);
    switch (cloth.fabric()) {
      case DENIM -> weave.twill();
      case COTTON -> weave.creases();
      case LEATHER -> weave.gloss();
      case FURRY -> weave.tufts();
      case KNITTED -> weave.stitches();
      case CHIFFON -> weave.folds();
      case OTHER -> weave.quilt();
    }
    brush.setTransform(upright);
    if (cloth.fabric() == Fabric.DENIM) {
      seams(brush, shapes, cloth.swatch().ground());
    }
  }

  private void stroke(Path2D path, Color color, double width) {
    brush.setStroke(Stage.round(width));
    brush.setColor(color);
    brush.draw(path);
  }

  private void fill(Path2D path, Color color) {
    brush.setColor(color);
    brush.fill(path);
  }

  /** Diagonal ribs, washed out in the middle. */
  private void twill() {
    Path2D lines = new Path2D.Double();
    for (double d = -2 * reach; d < 2 * reach; d += 12) {
      lines.moveTo(d - reach, reach);
      lines.lineTo(d + reach, -reach);
    }
    stroke(lines, Colours.black(0.3), 3.4);
    brush.translate(5, 0);
    stroke(lines, Colours.white(0.32), 2.8);
    brush.translate(-5, 0);
    Color[] wash = {Colours.white(0.34), Colours.white(0)};
    brush.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(0, 0), (float) (reach * 0.7), new float[] {0, 1}, wash));
    brush.fill(new Rectangle2D.Double(-reach, -reach, 2 * reach, 2 * reach));
  }

  /** A seam allowance and a line of contrasting thread along every edge. */
  private static void seams(Graphics2D brush, List<Shape> shapes, Color ground) {
    Area all = new Area();
    shapes.forEach(shape -> all.add(new Area(shape)));
    brush.setStroke(Stage.round(8));
    brush.setColor(STITCH);
    brush.draw(all);
    brush.setStroke(Stage.round(4.4));
    brush.setColor(Colours.darker(ground, 0.3));
    brush.draw(all);
  }

  private void creases() {
    Path2D dark = new Path2D.Double();
    Path2D light = new Path2D.Double();
    for (int i = 0; i < 7; i++) {
      double x = dice.between(-reach, reach) * 0.7;
      double y = dice.between(-reach, reach) * 0.8;
      double dx = dice.between(-12, 12);
      double dy = dice.between(6, 16);
      dark.moveTo(x, y);
      dark.quadTo(x + dx * 0.2, y + dy * 0.7, x + dx, y + dy);
      light.moveTo(x + 2.4, y);
      light.quadTo(x + dx * 0.2 + 2.4, y + dy * 0.7, x + dx + 2.4, y + dy);
    }
    stroke(dark, Colours.black(0.13), 2);
    stroke(light, Colours.white(0.13), 1.6);
  }

  private void gloss() {
    brush.setColor(Colours.black(0.22));
    brush.fill(new Rectangle2D.Double(-reach, -reach, 2 * reach, 2 * reach));
    Path2D dark = new Path2D.Double();
    Path2D glow = new Path2D.Double();
    Path2D light = new Path2D.Double();
    for (double x = -reach; x < reach; x += 16) {
      for (double y = -reach + dice.between(-20, 0); y < reach; y += dice.between(34, 46)) {
        double sway = dice.between(-5, 5);
        double length = dice.between(20, 32);
        sliver(light, x, y, sway, length, 2.6);
        sliver(glow, x, y - 3, sway, length + 6, 5.4);
        sliver(dark, x + 7.5, y + 4, sway, length, 4.2);
      }
    }
    fill(dark, Colours.black(0.4));
    fill(glow, Colours.white(0.34));
    fill(light, Colours.white(0.92));
  }

  /** A highlight that tapers to both ends. */
  private static void sliver(
      Path2D path, double x, double y, double sway, double length, double half) {
    path.moveTo(x, y);
    path.quadTo(x + sway + 2 * half, y + length / 2, x, y + length);
    path.quadTo(x + sway - 2 * half, y + length / 2, x, y);
  }

  private void tufts() {
    Path2D dark = new Path2D.Double();
    Path2D light = new Path2D.Double();
    for (double y = -reach; y < reach; y += 8) {
      for (double x = -reach; x < reach; x += 8) {
        double px = x + dice.between(-3, 3);
        double py = y + dice.between(-3, 3);
        double lean = dice.between(-5, 5);
        Path2D path = dice.chance(0.5) ? dark : light;
        path.moveTo(px, py);
        path.quadTo(px + lean * 0.2, py + 6, px + lean, py + 9);
      }
    }
    stroke(dark, Colours.black(0.42), 2.6);
    stroke(light, Colours.white(0.55), 2.6);
  }

  /** Columns of stocking stitch: rows of V. */
  private void stitches() {
    Path2D vees = new Path2D.Double();
    Path2D gaps = new Path2D.Double();
    for (double x = -Math.ceil(reach / 15) * 15; x < reach; x += 15) {
      gaps.moveTo(x, -reach);
      gaps.lineTo(x, reach);
      for (double y = -reach; y < reach; y += 9.5) {
        vees.moveTo(x + 3.4, y);
        vees.lineTo(x + 7.5, y + 5.5);
        vees.lineTo(x + 11.6, y);
      }
    }
    stroke(gaps, Colours.black(0.42), 3.4);
    stroke(vees, Colours.black(0.34), 2.8);
    brush.translate(0, -3.2);
    stroke(vees, Colours.white(0.4), 2.4);
  }

  /** Soft folds that fall with the cloth. */
  private void folds() {
    Color[] colours = {Colours.white(0.5), Colours.white(0), Colours.black(0.3)};
    brush.setPaint(
        new LinearGradientPaint(
            new Point2D.Double(0, 0),
            new Point2D.Double(8.5, 0.4),
            new float[] {0.1f, 0.5f, 1},
            colours,
            CycleMethod.REFLECT));
    brush.fill(new Rectangle2D.Double(-reach, -reach, 2 * reach, 2 * reach));
  }

  /** Padded diamonds. */
  private void quilt() {
    double side = 17;
    Path2D seams = new Path2D.Double();
    Path2D puffs = new Path2D.Double();
    for (double d = -Math.ceil(2 * reach / side) * side; d < 2 * reach; d += side) {
      seams.moveTo(d - reach, -reach);
      seams.lineTo(d + reach, reach);
      seams.moveTo(d - reach, reach);
      seams.lineTo(d + reach, -reach);
    }
    int n = (int) Math.ceil(2 * reach / side);
    for (int row = -n; row <= n; row++) {
      double offset = side * (row % 2 == 0 ? 0.5 : 0);
      for (double x = -n * side + offset; x < reach; x += side) {
        puffs.append(Shapes.oval(x - 1.2, row * side / 2 - 1.2, 3.6, 3.2), false);
      }
    }
    stroke(seams, Colours.black(0.5), 2.6);
    brush.setColor(Colours.white(0.5));
    brush.fill(puffs);
  }
}
