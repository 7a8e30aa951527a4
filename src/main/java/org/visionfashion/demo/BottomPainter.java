package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.util.List;
import org.visionfashion.demo.Cloth.Motif;
import org.visionfashion.demo.Cloth.Piece;
import org.visionfashion.demo.Outfit.Bottom;

/** The lower garment: trousers, jeans, leggings, shorts, skirts. */
final class BottomPainter {

  private static final Color STITCH = new Color(0xF3C776);

  private final Stage stage;
  private final Figure figure;
  private final Cutting cutting;
  private final Outfit outfit;
  private final Cloth cloth;
  private final Color ink;

  BottomPainter(Stage stage, Figure figure, Outfit outfit, Scene scene) {
    this.stage = stage;
    this.figure = figure;
    this.cutting = new Cutting(figure);
    this.outfit = outfit;
    this.cloth = Cloth.of(outfit, Garment.LOWER, scene);
    this.ink = cloth.ink();
  }

  private double waist() {
    return outfit.cropped() ? 3.06 : Figure.WAIST;
  }

  void paint() {
    if (outfit.bottom() == Bottom.SKIRT) {
      skirt();
    } else if (outfit.bottom() != Bottom.NONE) {
      trousers();
    }
  }

  private void skirt() {
    double hem = outfit.lowerHem();
    double length = hem - waist();
    Dice dice = Dice.of("skirt", cloth.swatch().seed());
    int style = dice.below(3);
    double flare = style == 0 ? -0.04 : 0.1 + length * dice.between(0.1, 0.2);
    int waves = cloth.fabric() == Fabric.CHIFFON ? 7 : style == 2 ? 5 : 1;
    Shape shape = cutting.skirt(waist(), hem, flare, waves);
    double y = (waist() + hem) / 2 + 0.15;
    double size = Math.min(0.52, length * 0.3);
    cloth.paint(stage, new Piece(List.of(shape), 0, new Motif(figure.front(y), y, size), false));
    if (style == 2) {
      pleats(hem, flare);
    } else if (style == 0 && length > 2) {
      double x = figure.front(hem) + 0.3;
      stage.line(Shapes.line(x, hem - 0.7, x + 0.03, hem), ink, 1.6);
    }
    waistband(0.13);
  }

  private void pleats(double hem, double flare) {
    double c = figure.centre(Figure.HIP);
    for (int i = -2; i <= 2; i++) {
      double top = i * figure.half(Figure.WAIST) * 0.38;
      double bottom = i * (figure.half(Figure.HIP) + flare) * 0.4;
      stage.line(
          Shapes.curve(
              c + top,
              waist() + 0.2,
              c + (top + bottom) * 0.5,
              (waist() + hem) / 2,
              c * 0.7 + bottom,
              hem - 0.06),
          Colours.alpha(ink, 0.65),
          1.3);
    }
  }

  private void waistband(double height) {
    double y = waist();
    double half = figure.half(y) + 0.05;
    double c = figure.centre(y);
    stage.inked(
        Shapes.polygon(
            c - half,
            y - 0.01,
            c + half,
            y - 0.01,
            c + half + 0.02,
            y + height,
            c - half - 0.02,
            y + height),
        Colours.darker(cloth.swatch().ground(), 0.25));
  }

  private void trousers() {
    double hem = outfit.lowerHem();
    double ease =
        switch (outfit.bottom()) {
          case TIGHT -> 0.005;
          case JEANS -> 0.035;
          default -> 0.06;
        };
    double wide =
        switch (outfit.bottom()) {
          case TIGHT -> 0;
          case JEANS -> 0.03;
          case SHORTS -> 0.12;
          default -> Dice.of("trousers", cloth.swatch().seed()).between(0.08, 0.2);
        };
    List<Shape> parts =
        List.of(
            cutting.seat(waist(), ease),
            cutting.leg(-1, hem, ease, wide),
            cutting.leg(1, hem, ease, wide));
    cloth.paint(stage, new Piece(parts, 0, motif(hem), false));
    crotch();
    switch (outfit.bottom()) {
      case JEANS -> jeans(hem, ease + wide);
      case TIGHT -> {}
      default -> tailored(hem);
    }
    if (outfit.bottom() == Bottom.TIGHT) {
      waistband(0.24);
    } else {
      waistband(0.13);
      fly();
    }
  }

  private Motif motif(double hem) {
    double t = Math.min(0.5, Cutting.along(hem) * 0.5);
    Point2D at = figure.leg(1).at(t);
    return new Motif(at.getX(), at.getY(), 0.34);
  }

  private void crotch() {
    double c = figure.centre(3.9);
    stage.line(
        Shapes.curve(c - 0.3, 3.72, c - 0.03, 3.88, c + 0.01, 4.0), Colours.alpha(ink, 0.7), 1.1);
    stage.line(
        Shapes.curve(c + 0.3, 3.72, c + 0.03, 3.88, c - 0.01, 4.0), Colours.alpha(ink, 0.7), 1.1);
  }

  private void fly() {
    if (figure.back()) {
      return;
    }
    stage.line(
        Shapes.curve(
            figure.front(waist()), waist(), figure.front(3.4), 3.4, figure.front(3.7) * 0.7, 3.8),
        ink,
        1.3);
    stage.inked(
        Shapes.disc(figure.front(waist()), waist() + 0.06, 0.05),
        Colours.lighter(cloth.swatch().ground(), 0.6));
  }

  /** Five pockets, rivets and contrasting thread. */
  private void jeans(double hem, double over) {
    for (int side = -1; side <= 1; side += 2) {
      double c = figure.centre(3.2);
      double half = figure.half(3.2);
      if (figure.back()) {
        double x = c + side * half * 0.5;
        Shape pocket =
            Shapes.polygon(x - 0.2, 3.3, x + 0.2, 3.3, x + 0.19, 3.62, x, 3.72, x - 0.19, 3.62);
        stage.line(pocket, ink, 2.6);
        stage.line(pocket, STITCH, 1.3);
      } else {
        Shape pocket =
            Shapes.curve(
                c + side * half * 0.42,
                waist() + 0.14,
                c + side * half * 0.55,
                3.2,
                c + side * half * 1.0,
                3.34);
        stage.line(pocket, ink, 2.8);
        stage.line(pocket, STITCH, 1.4);
        stage.fill(Shapes.disc(c + side * half * 0.96, 3.32, 0.035), STITCH);
      }
      Limb leg = figure.leg(side);
      double to = Cutting.along(hem);
      double half2 = figure.legWidth(Math.min(1.9, to)) + over;
      stage.stroke(leg.outline(to - 0.1, to - 0.09, t -> half2), STITCH, 0.045);
    }
  }

  /** A pressed crease and slanted pockets. */
  private void tailored(double hem) {
    double to = Cutting.along(hem);
    for (int side = -1; side <= 1; side += 2) {
      Limb leg = figure.leg(side);
      Point2D a = leg.at(0.12);
      Point2D b = leg.at(Math.min(1, to) * 0.6);
      Point2D d = leg.at(to - 0.03);
      stage.line(
          Shapes.curve(a.getX(), a.getY(), b.getX(), b.getY(), d.getX(), d.getY()),
          Colours.alpha(ink, 0.6),
          1.3);
      double c = figure.centre(3.2);
      double half = figure.half(3.2);
      stage.line(
          Shapes.line(c + side * half * 0.66, waist() + 0.14, c + side * half * 1.0, 3.42),
          Colours.alpha(ink, 0.8),
          1.4);
    }
  }
}
