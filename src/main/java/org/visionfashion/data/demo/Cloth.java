package org.visionfashion.data.demo;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.visionfashion.data.demo.Scene.Swatch;

/**
 * What a garment is made of, and how a piece of it is painted: ink line, ground, pattern, weave,
 * light.
 *
 * @param seed of creases and tufts
 */
record Cloth(
    Fabric fabric,
    Pattern pattern,
    Swatch swatch,
    boolean lightFromLeft,
    double lightStrength,
    long seed) {

  private static final double INK = 2.4;

  static Cloth of(Outfit outfit, Garment garment, Scene scene) {
    boolean suitTrousers = outfit.outer() == Outfit.Outer.SUIT && garment == Garment.LOWER;
    return new Cloth(
        outfit.fabric(garment),
        outfit.pattern(garment),
        scene.palette().of(suitTrousers ? Garment.OUTER : garment),
        scene.lightFromLeft(),
        scene.lightStrength(),
        scene.noise() + garment.fabric().index());
  }

  /**
   * A connected piece of cloth.
   *
   * @param parts its shapes in heads; seams between them do not show
   * @param grain angle of the warp against the vertical, radians
   * @param motif where a large print sits, in heads; null = not on this piece
   * @param limb a sleeve: takes one panel of a colour block
   */
  record Piece(List<? extends Shape> parts, double grain, Motif motif, boolean limb) {}

  /** Place and half size of a large print, in heads. */
  record Motif(double x, double y, double size) {}

  Color ink() {
    return Colours.darker(swatch.ground(), 0.6);
  }

  /** Paints a piece. */
  void paint(Stage stage, Piece piece) {
    List<Shape> shapes = piece.parts().stream().map(part -> cutOut(stage.place(part))).toList();
    ink(stage, shapes);
    Rectangle2D bounds = bounds(shapes);
    Graphics2D brush = stage.layer(bounds);
    brush.setColor(swatch.ground());
    shapes.forEach(brush::fill);
    brush.setComposite(AlphaComposite.SrcAtop);
    Motifs.paint(this, stage, brush, piece, bounds);
    Weave.paint(this, brush, shapes, bounds, piece.grain());
    shapes.forEach(shape -> shade(brush, shape));
    stage.merge(bounds, fabric == Fabric.CHIFFON ? 0.74 : 1);
  }

  private Shape cutOut(Shape shape) {
    return fabric == Fabric.FURRY
        ? Shapes.ragged(shape, 4.6, Dice.of("tufts", seed, (long) shape.getBounds2D().getX()))
        : shape;
  }

  private void ink(Stage stage, List<Shape> shapes) {
    if (fabric == Fabric.FURRY) {
      return;
    }
    stage.canvas().setColor(Colours.alpha(ink(), fabric == Fabric.CHIFFON ? 0.5 : 1));
    stage.canvas().setStroke(Stage.round(INK));
    shapes.forEach(stage.canvas()::draw);
  }

  private static Rectangle2D bounds(List<Shape> shapes) {
    Rectangle2D all = shapes.get(0).getBounds2D();
    shapes.forEach(shape -> all.add(shape.getBounds2D()));
    Rectangle2D whole = all.getBounds();
    whole.setRect(whole.getX() - 2, whole.getY() - 2, whole.getWidth() + 4, whole.getHeight() + 4);
    Rectangle2D picture = new Rectangle2D.Double(0, 0, Stage.WIDTH, Stage.HEIGHT);
    return whole.createIntersection(picture);
  }

  private void shade(Graphics2D brush, Shape shape) {
    Rectangle2D box = shape.getBounds2D();
    if (box.getWidth() < 1 || box.getHeight() < 1) {
      return;
    }
    double light = Math.min(1, 0.24 * lightStrength);
    double dark = Math.min(1, 0.3 * lightStrength);
    Color[] colours = {
      Colours.white(light), Colours.white(0), Colours.black(0), Colours.black(dark)
    };
    Point2D from = new Point2D.Double(lightFromLeft ? box.getMinX() : box.getMaxX(), 0);
    Point2D to = new Point2D.Double(lightFromLeft ? box.getMaxX() : box.getMinX(), 0);
    brush.setPaint(new LinearGradientPaint(from, to, new float[] {0, 0.35f, 0.6f, 1}, colours));
    brush.fill(shape);
  }
}
