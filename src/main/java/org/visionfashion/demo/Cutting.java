package org.visionfashion.demo;

import java.awt.Shape;
import java.awt.geom.Path2D;

/** The shapes of garments on a figure, in heads. */
record Cutting(Figure figure) {

  /**
   * From the shoulders down to a hem.
   *
   * @param ease wider than the body by this
   * @param flare wider at the hem by this
   * @param shoulders share of the shoulders that is covered; below 1 the arms are free
   */
  Path2D trunk(double ease, double hem, double flare, double shoulders) {
    double neck = figure.neck() * 1.02;
    double[] right = flank(1, ease, hem, flare, shoulders);
    Path2D path = new Path2D.Double();
    path.moveTo(-neck, 1.29);
    path.lineTo(-neck - 0.12, 1.37);
    Shapes.append(path, flank(-1, ease, hem, flare, shoulders));
    path.quadTo(figure.centre(hem), hem + 0.05 + flare * 0.2, last(right, 2), last(right, 1));
    Shapes.append(path, reversed(right));
    path.lineTo(neck + 0.12, 1.37);
    path.lineTo(neck, 1.29);
    path.closePath();
    return path;
  }

  /** As {@link #trunk}, but without anything above the bust. */
  Path2D tube(double ease, double hem, double flare) {
    double[] left = flank(-1, ease, hem, flare, 1);
    double[] right = flank(1, ease, hem, flare, 1);
    left[0] = left[2];
    left[1] = left[3] = 1.92;
    right[0] = right[2];
    right[1] = right[3] = 1.92;
    Path2D path = new Path2D.Double();
    double front = figure.front(1.9);
    path.moveTo(front, 1.98);
    path.quadTo(front - 0.2, 1.8, left[0], left[1]);
    Shapes.append(path, left);
    path.quadTo(figure.centre(hem), hem + 0.05 + flare * 0.2, last(right, 2), last(right, 1));
    Shapes.append(path, reversed(right));
    path.quadTo(front + 0.2, 1.8, front, 1.98);
    path.closePath();
    return path;
  }

  private double[] flank(int side, double ease, double hem, double flare, double shoulders) {
    int n = 9;
    double[] xy = new double[2 * (n + 1)];
    for (int i = 0; i <= n; i++) {
      double y = 1.74 + (hem - 1.74) * (i - 1) / (n - 1);
      double x = edge(y, ease) + flare * Figure.smooth((y - 2.3) / Math.max(0.3, hem - 2.3));
      if (i == 0) {
        y = figure.shoulder(side) + (shoulders < 1 ? -0.05 : 0.04);
        x = figure.half(Figure.SHOULDER) * shoulders - 0.09;
      } else if (i == 1 && shoulders < 1) {
        x *= 0.84;
      }
      xy[2 * i] = figure.centre(y) + side * x;
      xy[2 * i + 1] = y;
    }
    return xy;
  }

  /** Loose clothes hang from bust and hip and do not follow the waist. */
  double edge(double y, double ease) {
    double body = figure.half(Math.min(y, 3.9));
    double bust = figure.half(2.2);
    double hang = bust + (figure.half(3.5) - bust) * Figure.smooth((y - 2.2) / 1.3);
    double loose = Math.min(1, ease / 0.14);
    return body + loose * Math.max(0, 0.85 * (hang - body)) + ease;
  }

  private static double last(double[] xy, int back) {
    return xy[xy.length - back];
  }

  private static double[] reversed(double[] xy) {
    double[] turned = new double[xy.length];
    for (int i = 0; i < xy.length; i += 2) {
      turned[i] = xy[xy.length - 2 - i];
      turned[i + 1] = xy[xy.length - 1 - i];
    }
    return turned;
  }

  /**
   * A skirt.
   *
   * @param flare wider at the hem by this than at the hip
   * @param waves of the hem
   */
  Path2D skirt(double waist, double hem, double flare, int waves) {
    Path2D path = new Path2D.Double();
    double top = figure.half(waist) + 0.04;
    double hip = figure.half(Figure.HIP) + 0.07;
    double reach = Figure.smooth((hem - Figure.HIP) / 1.2);
    double bottom = hip - 0.02 + flare;
    double from = figure.centre(waist);
    double mid = figure.centre(Figure.HIP);
    double foot = mid * (1 - 0.4 * reach);
    path.moveTo(from - top, waist);
    Shapes.append(
        path, from - top, waist, mid - hip - flare * 0.25, 3.45, foot - bottom, hem - 0.05);
    for (int i = 1; i <= waves; i++) {
      double x0 = foot - bottom + 2 * bottom * (i - 0.5) / waves;
      double x1 = foot - bottom + 2 * bottom * i / waves;
      path.quadTo(x0, hem + (i % 2 == 0 ? -0.02 : 0.14), x1, hem - (i == waves ? 0.05 : 0));
    }
    Shapes.append(
        path, foot + bottom, hem - 0.05, mid + hip + flare * 0.25, 3.45, from + top, waist);
    path.closePath();
    return path;
  }

  /** The seat of trousers. */
  Path2D seat(double waist, double ease) {
    double[] ys = {waist, 3.1, 3.5, 3.68, 3.78};
    double[] left = new double[10];
    double[] right = new double[10];
    for (int i = 0; i < 5; i++) {
      double y = Math.max(waist + 0.01 * i, ys[i]);
      double band = 0.02 * (1 - Figure.smooth((y - 3.1) / 0.5));
      double half = figure.half(Math.min(y, 3.75)) + ease * Figure.smooth((y - 2.4) / 0.9) + band;
      left[2 * i] = figure.centre(y) - half;
      right[2 * i] = figure.centre(y) + half;
      left[2 * i + 1] = right[2 * i + 1] = y;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(left[0], left[1]);
    Shapes.append(path, left);
    path.lineTo(figure.centre(3.9), 3.88);
    Shapes.append(path, reversed(right));
    path.closePath();
    return path;
  }

  /** A trouser leg; {@code wide} is what it has over the leg at the hem. */
  Path2D leg(int side, double hem, double ease, double wide) {
    double to = along(hem);
    return figure
        .leg(side)
        .outline(
            -0.03,
            to,
            t -> figure.legWidth(Math.min(t, 1.9)) * 0.98 + ease + wide * Figure.smooth(t / 1.6));
  }

  /** Position along a leg at a height. */
  static double along(double y) {
    return y < 5.42 ? (y - 3.72) / 1.7 : 1 + (y - 5.42) / (Figure.ANKLE - 5.42);
  }

  /** A sleeve; {@code wide} is what it has over the arm at its end. */
  Path2D sleeve(int side, double to, double ease, double wide) {
    return figure
        .arm(side)
        .outline(
            -0.13,
            to,
            t ->
                (figure.armWidth(Math.max(0, t)) + ease + wide * Math.max(0, t) / to)
                    * rounding(t));
  }

  /** Makes the upper end of an arm or a sleeve round. */
  static double rounding(double t) {
    return Math.sqrt(Math.max(0.1, Math.min(1, (t + 0.17) / 0.16)));
  }

  /** How far a sleeve reaches along the arm. */
  static double sleeveEnd(int sleeve) {
    return switch (sleeve) {
      case Codes.SLEEVELESS -> 0;
      case Codes.SLEEVE_SHORT -> 0.55;
      case Codes.SLEEVE_MEDIUM -> 1.0;
      case Codes.SLEEVE_NOT_LONG -> 1.5;
      default -> 1.94;
    };
  }

  /** The opening of any garment, seen from the back. */
  Shape nape() {
    double n = figure.neck();
    Path2D path = new Path2D.Double();
    path.moveTo(-n * 0.82, 1.16);
    path.lineTo(-n - 0.08, 1.28);
    path.quadTo(0, 1.52, n + 0.08, 1.28);
    path.lineTo(n * 0.82, 1.16);
    path.closePath();
    return path;
  }

  /** The skin that a neckline leaves free; empty for necklines that leave none. */
  Shape opening(int neckline) {
    double n = figure.neck();
    double f = figure.front(1.8) - figure.centre(1.8);
    double in = n * 0.82;
    return switch (neckline) {
      case Codes.NECK_V ->
          Shapes.polygon(-in, 1.16, -n - 0.1, 1.3, f, 2.22, n + 0.1, 1.3, in, 1.16);
      case Codes.NECK_SQUARE ->
          Shapes.polygon(
              -in,
              1.16,
              -n - 0.25,
              1.34,
              f - n - 0.2,
              1.95,
              f + n + 0.2,
              1.95,
              n + 0.25,
              1.34,
              in,
              1.16);
      case Codes.NECK_ROUND -> {
        Path2D path = new Path2D.Double();
        path.moveTo(-in, 1.16);
        path.lineTo(-n - 0.13, 1.3);
        path.curveTo(f - n - 0.1, 1.86, f + n + 0.1, 1.86, n + 0.13, 1.3);
        path.lineTo(in, 1.16);
        path.closePath();
        yield path;
      }
      case Codes.NECK_LAPEL -> Shapes.polygon(-in, 1.16, -n, 1.28, f, 1.85, n, 1.28, in, 1.16);
      default -> new Path2D.Double();
    };
  }
}
