package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.demo.Cloth.Motif;
import org.visionfashion.demo.Cloth.Opening;
import org.visionfashion.demo.Cloth.Piece;
import org.visionfashion.demo.Outfit.Top;

/** The upper garment: from a tank top to a jumpsuit. */
final class TopPainter {

  private final Stage stage;
  private final Figure figure;
  private final Cutting cutting;
  private final Outfit outfit;
  private final Cloth cloth;
  private final Color trim;
  private final Color ink;
  private final boolean laidOut;

  /** {@code laidOut}: nobody wears it. */
  TopPainter(Stage stage, Figure figure, Outfit outfit, Scene scene, boolean laidOut) {
    this.laidOut = laidOut;
    this.stage = stage;
    this.figure = figure;
    this.cutting = new Cutting(figure);
    this.outfit = outfit;
    this.cloth = Cloth.of(outfit, Garment.UPPER, scene);
    this.trim = Colours.darker(cloth.swatch().ground(), 0.28);
    this.ink = cloth.ink();
  }

  private int neckline() {
    int neckline = outfit.labels().get(FashionLabel.NECKLINE);
    boolean outerLapels =
        neckline == Codes.NECK_LAPEL && outfit.hasOuter() && outfit.top() != Top.SHIRT;
    return outerLapels ? Codes.NECK_ROUND : neckline;
  }

  private double ease() {
    return switch (outfit.top()) {
      case FITTED -> 0.025;
      case TEE -> 0.07;
      case SHIRT -> 0.1;
      case BLOUSE -> 0.1;
      case SWEATER -> 0.15;
      case HOODIE -> 0.19;
      case DRESS -> 0.035;
      case ROMPER -> 0.06;
    };
  }

  private double flare() {
    if (!outfit.untucked()) {
      return outfit.cropped() && outfit.top() != Top.FITTED ? 0.05 : 0;
    }
    return switch (outfit.top()) {
      case BLOUSE -> 0.24;
      case TEE -> 0.03;
      default -> 0;
    };
  }

  /** Behind everything: the lining of a hood. */
  void behind() {
    if (outfit.top() == Top.HOODIE && !figure.back() && !outfit.hasOuter()) {
      stage.inked(
          Shapes.blob(
              -0.7, 1.42, -0.62, 1.0, -0.3, 0.78, 0.3, 0.78, 0.62, 1.0, 0.7, 1.42, 0.3, 1.62, -0.3,
              1.62),
          trim);
    }
  }

  /** The garment without its sleeves. */
  void body() {
    cloth.paint(stage, new Piece(parts(), 0, motif(), false, opening()));
    if (figure.back()) {
      backDetails();
    } else {
      neck();
      details();
    }
    hem();
  }

  private List<Shape> parts() {
    List<Shape> parts = new ArrayList<>();
    int neckline = neckline();
    double hem = outfit.onePiece() ? 2.84 : outfit.upperHem();
    if (neckline == Codes.NECK_SUSPENDERS) {
      parts.add(cutting.tube(ease(), hem, flare()));
      parts.add(strap(-1));
      parts.add(strap(1));
    } else {
      double shoulders = outfit.has(FashionLabel.SLEEVE, Codes.SLEEVELESS) ? 0.7 : 1;
      parts.add(cutting.trunk(ease(), hem, flare(), shoulders));
    }
    if (neckline == Codes.NECK_STANDING) {
      double n = figure.neck() + 0.05;
      parts.add(Shapes.polygon(-n - 0.1, 1.42, -n, 1.06, n, 1.06, n + 0.1, 1.42));
    }
    if (outfit.top() == Top.DRESS) {
      parts.add(skirt());
    }
    if (outfit.top() == Top.ROMPER) {
      double wide = outfit.has(FashionLabel.LOWER_LENGTH, Codes.LENGTH_LONG) ? 0.16 : 0.14;
      parts.add(cutting.seat(2.8, 0.06));
      parts.add(cutting.leg(-1, outfit.lowerHem(), 0.06, wide));
      parts.add(cutting.leg(1, outfit.lowerHem(), 0.06, wide));
    }
    return parts;
  }

  private Shape strap(int side) {
    double lean = figure.front(1.9) - figure.centre(1.9);
    double x = side * (figure.neck() + 0.2);
    double w = 0.055;
    return Shapes.polygon(
        x - w,
        1.32,
        x + w,
        1.32,
        x + w + side * 0.03 + lean * 0.3,
        1.98,
        x - w + side * 0.03 + lean * 0.3,
        1.98);
  }

  private Shape skirt() {
    double hem = outfit.lowerHem();
    Dice dice = Dice.of("skirt", cloth.swatch().seed());
    double length = hem - Figure.WAIST;
    double flare = dice.chance(0.25) ? -0.03 : 0.1 + length * dice.between(0.08, 0.17);
    int waves = cloth.fabric() == Fabric.CHIFFON ? 7 : flare > 0 ? 3 : 1;
    return cutting.skirt(2.78, hem, flare, waves);
  }

  private Motif motif() {
    double y = outfit.cropped() ? 2.1 : 2.35;
    return new Motif(figure.front(y), y, outfit.cropped() ? 0.36 : 0.5);
  }

  private Opening opening() {
    int neckline = figure.back() ? Codes.NECK_ROUND : neckline();
    if (neckline() == Codes.NECK_SUSPENDERS || neckline() == Codes.NECK_STANDING) {
      return null;
    }
    Color below = laidOut ? trim : Colours.darker(figure.person().skin(), 0.05);
    Shape hole = figure.back() ? cutting.nape() : cutting.opening(neckline);
    double width = outfit.top() == Top.SWEATER ? 8 : neckline == Codes.NECK_LAPEL ? 2.2 : 5.4;
    return new Opening(hole, below, width);
  }

  private void neck() {
    int neckline = neckline();
    if (neckline == Codes.NECK_LAPEL) {
      collar();
    }
    if (neckline == Codes.NECK_STANDING) {
      double n = figure.neck() + 0.05;
      stage.line(Shapes.curve(-n, 1.06, 0, 1.12, n, 1.06), ink, 1.3);
      stage.line(Shapes.curve(-n - 0.08, 1.4, 0, 1.5, n + 0.08, 1.4), ink, 1.3);
      stage.line(
          Shapes.curve(-n - 0.02, 1.24, 0, 1.32, n + 0.02, 1.24), Colours.alpha(ink, 0.5), 1.1);
    }
  }

  private void collar() {
    double n = figure.neck();
    double f = figure.front(1.8) - figure.centre(1.8);
    Color color = Colours.lighter(cloth.swatch().ground(), 0.35);
    for (int side = -1; side <= 1; side += 2) {
      stage.inked(
          Shapes.polygon(
              side * (n - 0.02),
              1.12,
              f + side * 0.02,
              1.72,
              f + side * 0.3,
              1.98,
              side * (n + 0.34),
              1.42,
              side * (n + 0.06),
              1.14),
          color);
    }
  }

  private void details() {
    switch (outfit.top()) {
      case SHIRT -> {
        if (outfit.has(FashionLabel.SLEEVE, Codes.SLEEVE_SHORT) && poloPlacket()) {
          placket(2.35, 2);
        } else {
          placket(outfit.upperHem() - 0.05, 6);
        }
        pocket();
      }
      case BLOUSE -> blouse();
      case HOODIE -> hoodie();
      case DRESS -> seam(2.8);
      case ROMPER -> {
        placket(2.75, 3);
        seam(2.82);
        legs();
      }
      case TEE, FITTED, SWEATER -> {}
    }
  }

  private boolean poloPlacket() {
    return Dice.of("polo", cloth.swatch().seed()).chance(0.5);
  }

  private void placket(double to, int buttons) {
    double from = 1.85;
    double x0 = figure.front(from);
    double x1 = figure.front(to);
    stage.stroke(Shapes.line(x0, from, x1, to), Colours.alpha(trim, 0.85), 0.17);
    stage.line(Shapes.line(x0 + 0.085, from, x1 + 0.085, to), ink, 1);
    for (int i = 0; i < buttons; i++) {
      double share = (i + 0.4) / buttons;
      stage.inked(
          Shapes.disc(x0 + (x1 - x0) * share, from + (to - from) * share, 0.055),
          Colours.lighter(cloth.swatch().ground(), 0.7));
    }
  }

  private void pocket() {
    double x = figure.front(2.2) + 0.38;
    stage.line(
        Shapes.polygon(x - 0.17, 2.0, x + 0.17, 2.0, x + 0.17, 2.28, x, 2.38, x - 0.17, 2.28),
        ink,
        1.3);
  }

  /** A button front, a bow at the neck or ruffles down the front. */
  private void blouse() {
    switch (Dice.of("blouse", cloth.swatch().seed()).below(3)) {
      case 0 -> placket(outfit.upperHem() - 0.05, 6);
      case 1 -> ruffles();
      default -> {
        placket(outfit.upperHem() - 0.05, 5);
        bow();
      }
    }
  }

  private void ruffles() {
    Color light = Colours.lighter(cloth.swatch().ground(), 0.4);
    for (int side = -1; side <= 1; side += 2) {
      double[] xy = new double[18];
      for (int i = 0; i < 9; i++) {
        double y = 1.9 + (Math.min(outfit.upperHem(), 3.5) - 2.0) * i / 8;
        xy[2 * i] = figure.front(y) + side * (0.13 + (i % 2 == 0 ? 0 : 0.12));
        xy[2 * i + 1] = y;
      }
      stage.stroke(Shapes.curve(xy), light, 0.12);
      stage.line(Shapes.curve(xy), Colours.alpha(ink, 0.8), 1);
    }
  }

  private void bow() {
    double x = figure.front(1.85);
    Color color = Colours.lighter(cloth.swatch().ground(), 0.3);
    for (int side = -1; side <= 1; side += 2) {
      stage.inked(
          Shapes.blob(x, 1.86, x + side * 0.3, 1.68, x + side * 0.36, 1.9, x + side * 0.26, 2.02),
          color);
      stage.inked(
          Shapes.polygon(x, 1.9, x + side * 0.06, 2.5, x + side * 0.26, 2.42, x + side * 0.1, 1.9),
          color);
    }
    stage.inked(Shapes.disc(x, 1.88, 0.08), color);
  }

  private void hoodie() {
    double x = figure.front(3.2);
    double w = figure.half(3.2) * 0.58;
    if (!outfit.cropped()) {
      Shape pouch =
          Shapes.polygon(
              x - w * 0.62,
              2.92,
              x + w * 0.62,
              2.92,
              x + w,
              3.3,
              x + w,
              3.6,
              x - w,
              3.6,
              x - w,
              3.3);
      stage.fill(pouch, Colours.alpha(trim, 0.55));
      stage.line(pouch, ink, 1.6);
    }
    if (!outfit.hasOuter()) {
      double f = figure.front(1.8);
      stage.inked(
          Shapes.blob(-0.5, 1.3, -0.36, 1.66, f, 1.88, f, 1.72, -0.26, 1.5, -0.28, 1.28), trim);
      stage.inked(Shapes.blob(0.5, 1.3, 0.36, 1.66, f, 1.88, f, 1.72, 0.26, 1.5, 0.28, 1.28), trim);
      for (int side = -1; side <= 1; side += 2) {
        stage.stroke(
            Shapes.curve(f + side * 0.12, 1.8, f + side * 0.16, 2.1, f + side * 0.13, 2.42),
            Colours.lighter(cloth.swatch().ground(), 0.75),
            0.06);
      }
    }
  }

  private void seam(double y) {
    double half = figure.half(y) + 0.03;
    double c = figure.centre(y);
    stage.line(Shapes.curve(c - half, y, c, y + 0.06, c + half, y), ink, 1.6);
  }

  private void legs() {
    stage.line(
        Shapes.curve(
            figure.front(2.95),
            2.9,
            figure.front(3.4),
            3.4,
            figure.centre(3.9) * 0.8,
            Figure.CROTCH),
        ink,
        1.3);
    for (int side = -1; side <= 1; side += 2) {
      double half = figure.half(3.2);
      double c = figure.centre(3.2);
      stage.line(Shapes.line(c + side * half * 0.6, 3.0, c + side * half, 3.42), ink, 1.4);
    }
  }

  private void backDetails() {
    if (outfit.top() == Top.HOODIE && !outfit.hasOuter()) {
      stage.inked(
          Shapes.blob(-0.55, 1.3, 0, 1.15, 0.55, 1.3, 0.42, 1.8, 0, 2.05, -0.42, 1.8), trim);
    }
    if (outfit.top() == Top.SHIRT || outfit.top() == Top.BLOUSE) {
      stage.line(Shapes.curve(-figure.half(1.8), 1.8, 0, 1.9, figure.half(1.8), 1.8), ink, 1.2);
      double n = figure.neck();
      stage.inked(
          Shapes.polygon(-n - 0.06, 1.14, n + 0.06, 1.14, n + 0.18, 1.42, -n - 0.18, 1.42), trim);
    }
    if (outfit.top() == Top.DRESS || outfit.top() == Top.ROMPER) {
      stage.line(Shapes.line(0, 1.5, figure.centre(2.8), 2.8), ink, 1.2);
      seam(2.8);
    }
    if (outfit.top() == Top.ROMPER) {
      legs();
    }
  }

  /** Ribs at the hem of knitwear and sweatshirts. */
  private void hem() {
    if (outfit.top() != Top.SWEATER && outfit.top() != Top.HOODIE) {
      return;
    }
    double hem = outfit.upperHem();
    if (!outfit.untucked() && !outfit.cropped()) {
      return;
    }
    double half = cutting.edge(hem, ease());
    double c = figure.centre(hem);
    Path2D band =
        Shapes.polygon(
            c - half - 0.01,
            hem - 0.2,
            c + half + 0.01,
            hem - 0.2,
            c + half - 0.03,
            hem + 0.05,
            c - half + 0.03,
            hem + 0.05);
    ribbed(band, c - half, c + half, hem - 0.2, hem + 0.05);
  }

  private void ribbed(Shape band, double from, double to, double top, double bottom) {
    stage.inked(band, trim);
    int ribs = (int) Math.round((to - from) / 0.14);
    for (int i = 1; i < ribs; i++) {
      double x = from + (to - from) * i / ribs;
      stage.line(Shapes.line(x, top + 0.03, x, bottom - 0.03), Colours.alpha(ink, 0.8), 1);
    }
  }

  /** The sleeve of one side; none where the outer garment has sleeves. */
  void sleeve(int side) {
    double end = Cutting.sleeveEnd(outfit.labels().get(FashionLabel.SLEEVE));
    if (end == 0 || outfit.outerSleeves()) {
      return;
    }
    sleeve(stage, cutting, cloth, side, end, ease() * 0.45 + 0.03, wide());
    cuff(side, end);
  }

  private double wide() {
    return switch (outfit.top()) {
      case BLOUSE -> 0.16;
      case TEE -> 0.05;
      case HOODIE, SWEATER -> 0.05;
      case DRESS, ROMPER -> 0.06;
      case FITTED -> 0.01;
      case SHIRT -> 0.05;
    };
  }

  static void sleeve(
      Stage stage, Cutting cutting, Cloth cloth, int side, double end, double ease, double wide) {
    Limb arm = cutting.figure().arm(side);
    double grain = arm.angle(Math.min(0.5, end / 2)) * (stage.mirrored() ? -1 : 1);
    cloth.paint(
        stage, new Piece(List.of(cutting.sleeve(side, end, ease, wide)), grain, null, true));
  }

  private void cuff(int side, double end) {
    Limb arm = figure.arm(side);
    double half = figure.armWidth(end) + ease() * 0.45 + 0.04 + wide();
    boolean ribs = outfit.top() == Top.SWEATER || outfit.top() == Top.HOODIE;
    boolean rolled = outfit.has(FashionLabel.SLEEVE, Codes.SLEEVE_NOT_LONG);
    if (ribs || rolled) {
      double width = rolled ? 0.2 : 0.13;
      double over = rolled ? 0.05 : 0.01;
      stage.inked(arm.outline(end - width, end + 0.02, t -> half + over), trim);
      return;
    }
    Point2D a = arm.beside(end - 0.07, half);
    Point2D b = arm.beside(end - 0.07, -half);
    stage.line(Shapes.line(a.getX(), a.getY(), b.getX(), b.getY()), Colours.alpha(ink, 0.8), 1.2);
  }
}
