package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.demo.Cloth.Motif;
import org.visionfashion.demo.Cloth.Piece;
import org.visionfashion.demo.Outfit.Outer;

/** Cardigans, coats, jackets, vests: worn open, so that what is below shows. */
final class OuterPainter {

  private final Stage stage;
  private final Figure figure;
  private final Cutting cutting;
  private final Outfit outfit;
  private final Cloth cloth;
  private final Color trim;
  private final Color ink;

  OuterPainter(Stage stage, Figure figure, Outfit outfit, Scene scene) {
    this.stage = stage;
    this.figure = figure;
    this.cutting = new Cutting(figure);
    this.outfit = outfit;
    this.cloth = Cloth.of(outfit, Garment.OUTER, scene);
    this.trim = Colours.darker(cloth.swatch().ground(), 0.3);
    this.ink = cloth.ink();
  }

  private double ease() {
    return switch (outfit.outer()) {
      case NONE -> 0;
      case CARDIGAN -> 0.16;
      case COAT -> 0.19;
      case JACKET -> 0.17;
      case VEST -> 0.13;
      case SUIT -> 0.15;
    };
  }

  private double flare() {
    return switch (outfit.outer()) {
      case COAT -> 0.2;
      case CARDIGAN -> 0.06;
      default -> 0;
    };
  }

  private double gap() {
    return switch (outfit.outer()) {
      case SUIT -> 0.22;
      case COAT -> 0.3;
      default -> 0.36;
    };
  }

  /** The inside of the back, seen between the open fronts below the hips. */
  void behind() {
    if (outfit.hasOuter() && !figure.back() && outfit.outerHem() > 4.1) {
      lining();
    }
  }

  /** The inside of the back. */
  void lining() {
    stage.inked(cutting.trunk(ease() - 0.04, outfit.outerHem() - 0.06, flare(), 0.9), trim);
  }

  /** The garment without its sleeves. */
  void body() {
    if (!outfit.hasOuter()) {
      return;
    }
    double shoulders = outfit.outer() == Outer.VEST ? 0.74 : 1;
    Path2D trunk = cutting.trunk(ease(), outfit.outerHem(), flare(), shoulders);
    if (figure.back()) {
      cloth.paint(stage, new Piece(List.of(trunk), 0, new Motif(0, 2.3, 0.5), false));
      back();
      return;
    }
    cloth.paint(stage, new Piece(fronts(shoulders), 0, motif(), false));
    edges();
    details();
  }

  private Motif motif() {
    double y = 2.5;
    return new Motif(figure.centre(y) + 0.62 * figure.half(y) + 0.08, y, 0.28);
  }

  /** Both fronts: the trunk without a wedge that opens downwards. */
  private List<Shape> fronts(double shoulders) {
    return List.of(front(-1, shoulders), front(1, shoulders));
  }

  private Shape front(int side, double shoulders) {
    double hem = outfit.outerHem();
    int n = 9;
    double[] outer = new double[2 * n + 2];
    for (int i = 0; i <= n; i++) {
      double y = 1.74 + (hem - 1.74) * (i - 1) / (n - 1);
      double x = cutting.edge(y, ease()) + flare() * Figure.smooth((y - 2.3) / (hem - 2.3));
      if (i == 0) {
        y = figure.shoulder(side) + (shoulders < 1 ? -0.07 : 0.02);
        x = figure.half(Figure.SHOULDER) * shoulders - 0.06;
      } else if (i == 1 && shoulders < 1) {
        x *= 0.86;
      }
      outer[2 * i] = figure.centre(y) + side * x;
      outer[2 * i + 1] = y;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(side * figure.neck() * 1.05, 1.26);
    Shapes.append(path, outer);
    double[] edge = edge(side);
    path.quadTo((outer[2 * n] + edge[edge.length - 2]) / 2, hem + 0.06, edge[edge.length - 2], hem);
    for (int i = edge.length - 4; i >= 0; i -= 2) {
      path.lineTo(edge[i], edge[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** The edge of a front from the neck to the hem. */
  private double[] edge(int side) {
    double hem = outfit.outerHem();
    double[] ys = {1.26, 1.7, 2.2, 2.8, (2.8 + hem) / 2, hem};
    double[] xy = new double[12];
    for (int i = 0; i < 6; i++) {
      double share = Math.min(1, i / 2.0);
      double open = figure.neck() * 1.05 + share * (gap() - figure.neck() * 1.05);
      open += 0.07 * Math.max(0, i - 3);
      xy[2 * i] = (i == 0 ? 0 : figure.front(ys[i])) + side * open;
      xy[2 * i + 1] = ys[i];
    }
    return xy;
  }

  private void edges() {
    boolean band = outfit.outer() == Outer.CARDIGAN;
    for (int side = -1; side <= 1; side += 2) {
      Shape edge = Shapes.curve(edge(side));
      if (band) {
        stage.stroke(edge, ink, 0.22);
        stage.stroke(edge, trim, 0.16);
      } else {
        stage.line(edge, ink, 1.6);
      }
    }
  }

  private void details() {
    switch (outfit.outer()) {
      case CARDIGAN -> {
        pockets(3.5);
        buttons();
      }
      case COAT -> {
        pockets(3.45);
        collar(outfit.has(FashionLabel.NECKLINE, Codes.NECK_LAPEL));
      }
      case SUIT -> {
        flaps(3.3);
        collar(true);
      }
      case JACKET -> {
        hem();
        collar(outfit.has(FashionLabel.NECKLINE, Codes.NECK_LAPEL));
        zip();
      }
      case VEST -> {
        zip();
        pockets(2.85);
        armholes();
      }
      case NONE -> {}
    }
  }

  /** Notched lapels, or a narrow collar. */
  private void collar(boolean lapels) {
    double n = figure.neck();
    Color color = Colours.mix(cloth.swatch().ground(), trim, 0.55);
    for (int side = -1; side <= 1; side += 2) {
      double f = figure.front(2.4);
      double g = side * gap();
      if (lapels) {
        stage.inked(
            Shapes.polygon(
                side * n,
                1.16,
                f + g * 0.9,
                2.55,
                f + g + side * 0.36,
                1.98,
                f + g + side * 0.2,
                1.84,
                f + g + side * 0.4,
                1.72,
                side * (n + 0.16),
                1.2),
            color);
      } else {
        stage.inked(
            Shapes.polygon(
                side * n,
                1.14,
                side * (n + 0.02),
                1.5,
                side * (n + 0.2),
                1.62,
                side * (n + 0.24),
                1.3,
                side * (n + 0.1),
                1.14),
            color);
      }
    }
  }

  private void pockets(double y) {
    for (int side = -1; side <= 1; side += 2) {
      double x = figure.centre(y) + side * (gap() + cutting.edge(y, ease())) * 0.56;
      stage.inked(
          Shapes.polygon(x - 0.19, y, x + 0.19, y, x + 0.19, y + 0.3, x - 0.19, y + 0.3),
          Colours.mix(cloth.swatch().ground(), trim, 0.4));
    }
  }

  private void flaps(double y) {
    for (int side = -1; side <= 1; side += 2) {
      double x = figure.centre(y) + side * (gap() + cutting.edge(y, ease())) * 0.56;
      stage.inked(
          Shapes.polygon(x - 0.2, y, x + 0.2, y, x + 0.18, y + 0.13, x - 0.18, y + 0.13), trim);
    }
    double x = figure.front(2.2) + 0.56;
    stage.stroke(Shapes.line(x - 0.09, 2.12, x + 0.12, 2.08), Color.WHITE, 0.07);
  }

  private void buttons() {
    for (int i = 0; i < 4; i++) {
      double y = 2.3 + i * 0.45;
      stage.inked(
          Shapes.disc(figure.front(y) + gap() + 0.03, y, 0.06),
          Colours.lighter(cloth.swatch().ground(), 0.6));
    }
  }

  private void zip() {
    for (int side = -1; side <= 1; side += 2) {
      stage.line(Shapes.curve(edge(side)), new Color(0xD8D8DC), 1.8);
    }
  }

  private void hem() {
    double hem = outfit.outerHem();
    for (int side = -1; side <= 1; side += 2) {
      double from = figure.front(hem) + side * (gap() + 0.1);
      double to = figure.centre(hem) + side * (cutting.edge(hem, ease()) - 0.02);
      stage.inked(
          Shapes.polygon(from, hem - 0.2, to, hem - 0.2, to, hem + 0.03, from, hem + 0.03), trim);
    }
  }

  private void armholes() {
    for (int side = -1; side <= 1; side += 2) {
      double x = figure.half(1.6);
      stage.line(
          Shapes.curve(
              side * x * 0.74,
              figure.shoulder(side) - 0.08,
              side * x * 0.8,
              1.75,
              side * x * 0.98,
              2.02),
          trim,
          3);
    }
  }

  private void back() {
    double n = figure.neck();
    if (outfit.outer() != Outer.CARDIGAN) {
      stage.inked(
          Shapes.polygon(-n - 0.08, 1.14, n + 0.08, 1.14, n + 0.22, 1.46, -n - 0.22, 1.46), trim);
      double hem = outfit.outerHem();
      stage.line(Shapes.line(0, 1.6, figure.centre(hem), hem), ink, 1.3);
    }
    if (outfit.outer() == Outer.JACKET) {
      double hem = outfit.outerHem();
      double half = cutting.edge(hem, ease());
      double c = figure.centre(hem);
      stage.inked(
          Shapes.polygon(
              c - half, hem - 0.2, c + half, hem - 0.2, c + half, hem + 0.04, c - half, hem + 0.04),
          trim);
    }
  }

  /** The sleeve of one side. */
  void sleeve(int side) {
    if (!outfit.outerSleeves()) {
      return;
    }
    double end = Cutting.sleeveEnd(outfit.labels().get(FashionLabel.SLEEVE));
    if (end == 0) {
      return;
    }
    double ease = 0.09;
    double wide = outfit.outer() == Outer.COAT ? 0.1 : 0.06;
    TopPainter.sleeve(stage, cutting, cloth, side, end, ease, wide);
    Limb arm = figure.arm(side);
    double half = figure.armWidth(end) + ease + wide + 0.01;
    if (outfit.has(FashionLabel.SLEEVE, Codes.SLEEVE_NOT_LONG)) {
      stage.inked(arm.outline(end - 0.22, end + 0.02, t -> half + 0.05), trim);
    } else if (outfit.outer() == Outer.CARDIGAN || outfit.outer() == Outer.JACKET) {
      stage.inked(arm.outline(end - 0.13, end + 0.02, t -> half), trim);
    } else {
      Point2D a = arm.beside(end - 0.16, half);
      Point2D b = arm.beside(end - 0.16, -half);
      stage.line(Shapes.line(a.getX(), a.getY(), b.getX(), b.getY()), ink, 1.4);
    }
  }
}
