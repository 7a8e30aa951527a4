package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** Skin: trunk, neck, arms, legs, hands; tights, socks and shoes on the legs. */
final class BodyPainter {

  private final Stage stage;
  private final Figure figure;
  private final Color skin;
  private final Color ink;
  private final boolean lightFromLeft;
  private final double lightStrength;

  BodyPainter(Stage stage, Figure figure, Scene scene) {
    this.lightFromLeft = scene.lightFromLeft();
    this.lightStrength = scene.lightStrength();
    this.stage = stage;
    this.figure = figure;
    this.skin = figure.person().skin();
    this.ink = Colours.darker(skin, 0.42);
  }

  Color skin() {
    return skin;
  }

  /** Skin with its ink line; the line lies below the fill, so joined shapes show no seam. */
  private void flesh(Color color, Shape... shapes) {
    for (Shape shape : shapes) {
      stage.line(shape, Colours.darker(color, 0.42), 1.8);
    }
    for (Shape shape : shapes) {
      stage.fill(shape, color);
    }
    for (Shape shape : shapes) {
      Stage.shade(stage.canvas(), stage.place(shape), lightFromLeft, 0.8 * lightStrength);
    }
  }

  void shadowOnFloor() {
    double y = 7.34;
    stage.fill(Shapes.oval(figure.centre(4) * 0.4, y, 1.25, 0.13), Colours.black(0.16));
  }

  void trunkAndLegs() {
    Cutting cutting = new Cutting(figure);
    Shape left = leg(-1, 2);
    Shape right = leg(1, 2);
    flesh(skin, left, right);
    flesh(skin, cutting.trunk(0, 3.4, 0, 0.84), seat(), neck());
    double n = figure.neck() * 0.8;
    stage.fill(
        Shapes.blob(-n, 0.9, n, 0.9, n, 1.1, 0.3 * n, 1.24, -n, 1.12), Colours.alpha(ink, 0.45));
    if (!figure.back()) {
      double f = figure.front(3);
      stage.fill(Shapes.oval(f, 2.98, 0.03, 0.05), ink);
      stage.line(Shapes.curve(-0.5, 1.56, -0.25, 1.6, -0.06, 1.66), Colours.alpha(ink, 0.5), 1);
      stage.line(Shapes.curve(0.5, 1.56, 0.25, 1.6, 0.06, 1.66), Colours.alpha(ink, 0.5), 1);
    }
  }

  private Shape seat() {
    return new Cutting(figure).seat(2.9, 0);
  }

  private Shape leg(int side, double to) {
    return figure.leg(side).outline(-0.03, to, figure::legWidth);
  }

  private Shape neck() {
    double n = figure.neck();
    return Shapes.polygon(
        -n * 0.82, 0.8, -n * 0.84, 1.16, -n * 1.35, 1.36, 0, 1.6, n * 1.35, 1.36, n * 0.84, 1.16,
        n * 0.82, 0.8);
  }

  /** Opaque hose from the hip to the foot. */
  void tights(Color color) {
    flesh(color, leg(-1, 2.02), leg(1, 2.02), seat());
    for (int side = -1; side <= 1; side += 2) {
      stage.stroke(
          figure.leg(side).outline(0.2, 1.8, t -> figure.legWidth(t) * 0.35),
          Colours.white(0.12),
          0.08);
    }
  }

  /** Socks up to the calf with two rings. */
  void socks(Color color, Color ring) {
    for (int side = -1; side <= 1; side += 2) {
      Limb leg = figure.leg(side);
      stage.inked(leg.outline(1.42, 2.02, t -> figure.legWidth(t) * 1.14 + 0.01), color);
      stage.fill(leg.outline(1.47, 1.53, t -> figure.legWidth(t) * 1.14 + 0.01), ring);
      stage.fill(leg.outline(1.59, 1.65, t -> figure.legWidth(t) * 1.14 + 0.01), ring);
    }
  }

  void shoes(Color color) {
    for (int side = -1; side <= 1; side += 2) {
      Point2D ankle = figure.leg(side).end();
      int out = figure.facing() != 0 ? figure.facing() : side;
      double x = ankle.getX();
      double y = ankle.getY();
      double toe = figure.facing() != 0 ? 0.46 : 0.24;
      Path2D shoe =
          Shapes.blob(
              x - out * 0.15,
              y - 0.03,
              x + out * 0.1,
              y - 0.05,
              x + out * toe,
              y + 0.2,
              x + out * (toe - 0.02),
              y + 0.31,
              x - out * 0.14,
              y + 0.31,
              x - out * 0.19,
              y + 0.16);
      stage.inked(shoe, color);
      stage.stroke(
          Shapes.line(x - out * 0.14, y + 0.3, x + out * (toe - 0.04), y + 0.3),
          Colours.lighter(color, 0.75),
          0.05);
    }
  }

  void arm(int side) {
    Limb arm = figure.arm(side);
    Shape limb = arm.outline(-0.14, 2, t -> figure.armWidth(t) * Cutting.rounding(t));
    if (figure.handSeen(side)) {
      flesh(skin, limb, hand(side));
      fingers(side);
    } else {
      flesh(skin, limb);
    }
  }

  private Shape hand(int side) {
    Limb arm = figure.arm(side);
    double w = figure.armWidth(2);
    return arm.outline(
        1.95, 2.3, t -> w * (t < 2.1 ? 1 + (t - 1.95) * 2.4 : 1.36 - (t - 2.1) * 3.6));
  }

  private void fingers(int side) {
    Limb arm = figure.arm(side);
    for (double offset : new double[] {-0.04, 0.05}) {
      Point2D from = arm.beside(2.16, offset);
      Point2D to = arm.beside(2.28, offset * 0.8);
      stage.line(
          Shapes.line(from.getX(), from.getY(), to.getX(), to.getY()),
          Colours.alpha(ink, 0.7),
          0.9);
    }
  }
}
