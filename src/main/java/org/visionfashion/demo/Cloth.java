package org.visionfashion.demo;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.visionfashion.demo.Scene.Swatch;

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
  private static final double FINE_INK = 1.7;

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
   * @param opening for the neck; null = none
   */
  record Piece(
      List<? extends Shape> parts, double grain, Motif motif, boolean limb, Opening opening) {

    Piece(List<? extends Shape> parts, double grain, Motif motif, boolean limb) {
      this(parts, grain, motif, limb, null);
    }
  }

  /**
   * A hole for the neck.
   *
   * @param shape in heads
   * @param below what is seen through it
   * @param width of the trim around it, in points
   */
  record Opening(Shape shape, Color below, double width) {}

  /** Place and half size of a large print, in heads. */
  record Motif(double x, double y, double size) {}

  Color ink() {
    return Colours.darker(swatch.ground(), 0.6);
  }

  /** Paints a piece. */
  void paint(Stage stage, Piece piece) {
    List<Shape> shapes = piece.parts().stream().map(part -> cutOut(stage.place(part))).toList();
    ink(stage, shapes, piece.limb() ? FINE_INK : INK);
    if (piece.opening() != null) {
      stage.fill(piece.opening().shape(), piece.opening().below());
    }
    Rectangle2D bounds = bounds(shapes);
    Graphics2D brush = stage.layer(bounds);
    brush.setColor(swatch.ground());
    shapes.forEach(brush::fill);
    brush.setComposite(AlphaComposite.SrcAtop);
    Motifs.paint(this, stage, brush, piece, bounds);
    Weave.paint(this, brush, shapes, bounds, piece.grain());
    shapes.forEach(shape -> shade(brush, shape));
    if (piece.opening() != null) {
      cut(brush, stage.place(piece.opening().shape()), piece.opening().width());
    }
    stage.merge(bounds, fabric == Fabric.CHIFFON ? 0.74 : 1);
  }

  private void cut(Graphics2D brush, Shape opening, double width) {
    brush.setStroke(Stage.round(width));
    brush.setColor(Colours.darker(swatch.ground(), 0.3));
    brush.draw(opening);
    brush.setStroke(Stage.round(2.2));
    brush.setColor(ink());
    brush.draw(opening);
    brush.setComposite(AlphaComposite.DstOut);
    brush.fill(opening);
  }

  private Shape cutOut(Shape shape) {
    return fabric == Fabric.FURRY
        ? Shapes.ragged(shape, 4.6, Dice.of("tufts", seed, (long) shape.getBounds2D().getX()))
        : shape;
  }

  private void ink(Stage stage, List<Shape> shapes, double width) {
    if (fabric == Fabric.FURRY) {
      return;
    }
    stage.canvas().setColor(Colours.alpha(ink(), fabric == Fabric.CHIFFON ? 0.5 : 1));
    stage.canvas().setStroke(Stage.round(width));
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
    Stage.shade(brush, shape, lightFromLeft, lightStrength);
  }
}
