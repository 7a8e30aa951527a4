package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import org.visionfashion.data.FashionLabel;

/** Belts, scarves, ties, necklaces, bracelets, rings, glasses on a neckline. */
final class AccessoryPainter {

  private static final Color GOLD = new Color(0xE9BE4B);

  private final Stage stage;
  private final Figure figure;
  private final Outfit outfit;
  private final Scene.Palette palette;
  private final Dice style;

  AccessoryPainter(Stage stage, Figure figure, Outfit outfit, Scene scene) {
    this.stage = stage;
    this.figure = figure;
    this.outfit = outfit;
    this.palette = scene.palette();
    this.style = Dice.of("accessories", scene.palette().upper().seed());
  }

  /** What is worn around the waist. */
  void waist() {
    double y = outfit.cropped() ? 3.1 : 2.79;
    if (outfit.has(FashionLabel.WAIST, Codes.BELT)) {
      belt(y);
    } else if (outfit.has(FashionLabel.WAIST, Codes.WAIST_CLOTHING)) {
      tiedClothing(y);
    }
  }

  private Shape band(double y, double height, double over) {
    double half = figure.half(y) + over;
    double c = figure.centre(y);
    return Shapes.polygon(
        c - half,
        y,
        c,
        y + 0.03,
        c + half,
        y,
        c + half + 0.02,
        y + height,
        c,
        y + height + 0.03,
        c - half - 0.02,
        y + height);
  }

  private void belt(double y) {
    Color color = Colours.darker(palette.accent(), 0.45);
    stage.inked(band(y, 0.2, 0.07), color);
    if (!figure.back()) {
      double x = figure.front(y);
      Shape buckle =
          Shapes.polygon(x - 0.15, y, x + 0.15, y, x + 0.15, y + 0.24, x - 0.15, y + 0.24);
      stage.line(buckle, Colours.darker(GOLD, 0.6), 4);
      stage.line(buckle, GOLD, 2.4);
    }
  }

  /** A jumper tied around the hips by its sleeves. */
  private void tiedClothing(double y) {
    Color color = palette.accent();
    double half = figure.half(Figure.HIP) + 0.1;
    double c = figure.centre(3.2);
    for (int side = -1; side <= 1; side += 2) {
      stage.inked(
          Shapes.blob(
              c + side * half * 0.86,
              y + 0.1,
              c + side * (half + 0.12),
              y + 0.8,
              c + side * (half - 0.02),
              y + 1.4,
              c + side * half * 0.72,
              y + 0.8),
          color);
    }
    stage.inked(band(y, 0.3, 0.1), color);
    if (figure.back()) {
      stage.inked(
          Shapes.blob(
              c - half,
              y + 0.1,
              c + half,
              y + 0.1,
              c + half * 0.9,
              y + 1.4,
              c - half * 0.9,
              y + 1.4),
          color);
      return;
    }
    double x = figure.front(y);
    for (int side = -1; side <= 1; side += 2) {
      stage.inked(
          Shapes.blob(
              x,
              y + 0.1,
              x + side * 0.2,
              y + 0.55,
              x + side * 0.34,
              y + 1.05,
              x + side * 0.14,
              y + 1.1,
              x - side * 0.02,
              y + 0.5),
          color);
    }
    stage.inked(Shapes.oval(x, y + 0.18, 0.17, 0.15), Colours.darker(color, 0.15));
  }

  /** What hangs around the neck. */
  void neck() {
    if (!outfit.has(FashionLabel.NECKWEAR, Codes.YES) || figure.back()) {
      return;
    }
    boolean tie =
        outfit.top() == Outfit.Top.SHIRT && outfit.has(FashionLabel.NECKLINE, Codes.NECK_LAPEL);
    if (tie) {
      tie();
    } else if (style.chance(0.5)) {
      beads();
    } else {
      scarf();
    }
  }

  private void tie() {
    double x = figure.front(1.8);
    double y = figure.front(2.8);
    Color color = palette.accent();
    stage.inked(
        Shapes.polygon(x - 0.1, 1.72, x + 0.1, 1.72, y + 0.17, 2.75, y, 2.98, y - 0.17, 2.75),
        color);
    stage.inked(
        Shapes.polygon(x - 0.15, 1.54, x + 0.15, 1.54, x + 0.08, 1.76, x - 0.08, 1.76), color);
    stage.stroke(Shapes.line(x - 0.08, 2.1, x + 0.11, 2.0), Colours.lighter(color, 0.6), 0.08);
    stage.stroke(Shapes.line(x - 0.1, 2.45, x + 0.13, 2.34), Colours.lighter(color, 0.6), 0.08);
  }

  private void beads() {
    double n = figure.neck();
    Color color = Colours.lighter(palette.accent2(), 0.2);
    double f = figure.front(1.8) - figure.centre(1.8);
    for (int i = 0; i <= 10; i++) {
      double share = i / 5.0 - 1;
      double x = share * (n + 0.16) + f * (1 - share * share);
      double y = 1.38 + 0.52 * (1 - share * share);
      stage.inked(Shapes.disc(x, y, 0.085), i % 2 == 0 ? color : GOLD);
    }
    stage.inked(Shapes.disc(f, 2.06, 0.13), GOLD);
  }

  /** A stole: two bands beside the neckline, which stays free. */
  private void scarf() {
    double n = figure.neck();
    Color color = palette.accent();
    for (int side = -1; side <= 1; side += 2) {
      double x = figure.centre(2.2) + side * 0.52;
      double end = side < 0 ? 3.1 : 2.75;
      stage.inked(
          Shapes.blob(
              side * (n - 0.04),
              1.1,
              side * (n + 0.2),
              1.2,
              side * (n + 0.34),
              1.5,
              x + 0.15,
              2.1,
              x + 0.17,
              end,
              x - 0.15,
              end,
              x - 0.15,
              2.1,
              side * (n + 0.06),
              1.55),
          color);
      for (int i = 0; i < 2; i++) {
        double y = end - 0.12 - 0.22 * i;
        stage.stroke(Shapes.line(x - 0.12, y, x + 0.13, y), Colours.lighter(color, 0.7), 0.07);
      }
    }
  }

  /** Glasses hooked into the neckline. */
  void glassesOnClothes() {
    if (!outfit.has(FashionLabel.GLASSES, Codes.GLASSES_HELD) || figure.back()) {
      return;
    }
    double x = figure.front(2.1);
    for (int side = -1; side <= 1; side += 2) {
      Shape lens = Shapes.oval(x + side * 0.16, 2.16, 0.14, 0.11);
      stage.fill(lens, new Color(0x17181C));
      stage.stroke(lens, new Color(0x17181C), 0.05);
      stage.line(
          Shapes.line(x + side * 0.16 - 0.05, 2.2, x + side * 0.16 + 0.04, 2.1),
          Colours.white(0.7),
          1);
    }
    stage.stroke(Shapes.line(x - 0.05, 2.13, x + 0.05, 2.13), new Color(0x17181C), 0.05);
    stage.stroke(Shapes.line(x, 2.13, x + 0.02, 1.85), new Color(0x17181C), 0.05);
  }

  /** Bracelet or watch, and ring, on the side whose hand is seen. */
  void hand(int side) {
    if (side != figure.handSide() || !figure.handSeen(side)) {
      return;
    }
    Limb arm = figure.arm(side);
    if (outfit.has(FashionLabel.WRIST, Codes.YES)) {
      double half = figure.armWidth(1.9) + (longSleeve() ? 0.14 : 0.05);
      boolean watch = style.chance(0.5);
      Color color = watch ? new Color(0x26262C) : GOLD;
      Path2D band = arm.outline(1.8, 1.95, t -> half);
      stage.inked(band, color);
      Point2D at = arm.at(1.875);
      stage.inked(Shapes.disc(at.getX(), at.getY(), 0.12), watch ? Color.WHITE : palette.accent2());
    }
    if (outfit.has(FashionLabel.RING, Codes.YES)) {
      Point2D at = arm.beside(2.17, 0.03);
      stage.inked(Shapes.disc(at.getX(), at.getY(), 0.085), GOLD);
      stage.fill(Shapes.disc(at.getX() - 0.02, at.getY() - 0.02, 0.035), Color.WHITE);
    }
  }

  private boolean longSleeve() {
    return outfit.has(FashionLabel.SLEEVE, Codes.SLEEVE_LONG);
  }

  /** A bag at the hip or leaves before the legs: hides a part, says nothing. */
  void prop(Scene.Prop prop) {
    switch (prop) {
      case NONE -> {}
      case BAG -> bag();
      case PLANT -> leaves();
    }
  }

  private void bag() {
    int side = figure.pose().turn();
    double x = side * 1.15;
    stage.stroke(
        Shapes.curve(x - 0.25, 3.6, x, 2.9, x + 0.25, 3.6),
        Colours.darker(palette.accent2(), 0.4),
        0.07);
    stage.inked(
        Shapes.polygon(x - 0.42, 3.5, x + 0.42, 3.5, x + 0.48, 4.3, x - 0.48, 4.3),
        palette.accent2());
    stage.inked(
        Shapes.polygon(x - 0.42, 3.5, x + 0.42, 3.5, x + 0.1, 3.84, x - 0.1, 3.84),
        Colours.darker(palette.accent2(), 0.18));
  }

  private void leaves() {
    int side = figure.pose().turn();
    for (int i = 0; i < 6; i++) {
      double x = side * (1.5 - 0.16 * i);
      double y = 5.2 + 0.28 * i;
      Color green = Colours.hsb(0.3 + 0.03 * i, 0.5, 0.4 + 0.05 * i);
      stage.inked(
          Shapes.blob(
              side * 1.5, 7.6, x + side * 0.2, (y + 7.4) / 2, x, y, x - side * 0.18, (y + 7.4) / 2),
          green);
    }
  }
}
