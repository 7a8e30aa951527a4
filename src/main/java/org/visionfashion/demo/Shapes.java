package org.visionfashion.demo;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;

/** Curves from points. */
final class Shapes {

  private Shapes() {}

  /** A closed smooth curve through the points x0, y0, x1, y1, ... (Catmull and Rom). */
  static Path2D blob(double... xy) {
    Path2D path = new Path2D.Double();
    int n = xy.length / 2;
    path.moveTo(xy[0], xy[1]);
    for (int i = 0; i < n; i++) {
      segment(path, xy, (i + n - 1) % n, i, (i + 1) % n, (i + 2) % n);
    }
    path.closePath();
    return path;
  }

  /** A smooth open curve through the points. */
  static Path2D curve(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    append(path, xy);
    return path;
  }

  /** Goes on through the points; a line leads to the first one unless the path is there already. */
  static void append(Path2D path, double... xy) {
    if (path.getCurrentPoint().distanceSq(xy[0], xy[1]) > 1e-12) {
      path.lineTo(xy[0], xy[1]);
    }
    int n = xy.length / 2;
    for (int i = 0; i + 1 < n; i++) {
      segment(path, xy, Math.max(0, i - 1), i, i + 1, Math.min(n - 1, i + 2));
    }
  }

  private static void segment(Path2D path, double[] xy, int before, int from, int to, int after) {
    path.curveTo(
        xy[2 * from] + (xy[2 * to] - xy[2 * before]) / 6,
        xy[2 * from + 1] + (xy[2 * to + 1] - xy[2 * before + 1]) / 6,
        xy[2 * to] - (xy[2 * after] - xy[2 * from]) / 6,
        xy[2 * to + 1] - (xy[2 * after + 1] - xy[2 * from + 1]) / 6,
        xy[2 * to],
        xy[2 * to + 1]);
  }

  static Path2D polygon(double... xy) {
    Path2D path = lines(xy);
    path.closePath();
    return path;
  }

  static Path2D lines(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    return path;
  }

  static Shape line(double x0, double y0, double x1, double y1) {
    return new Line2D.Double(x0, y0, x1, y1);
  }

  static Shape disc(double x, double y, double radius) {
    return oval(x, y, radius, radius);
  }

  static Shape oval(double x, double y, double rx, double ry) {
    return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
  }

  static Path2D star(double x, double y, double outer, double inner, int points, double turn) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * points; i++) {
      double r = i % 2 == 0 ? outer : inner;
      double angle = turn - Math.PI / 2 + i * Math.PI / points;
      double px = x + r * Math.cos(angle);
      double py = y + r * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  /** The outline with tufts that stand out by up to {@code tuft}. */
  static Path2D ragged(Shape shape, double tuft, Dice dice) {
    Path2D path = new Path2D.Double();
    PathIterator points = new FlatteningPathIterator(shape.getPathIterator(null), 0.5, 6);
    double[] at = new double[2];
    double[] last = new double[2];
    double[] start = new double[2];
    double orientation = Math.signum(area(shape));
    for (; !points.isDone(); points.next()) {
      int kind = points.currentSegment(at);
      if (kind == PathIterator.SEG_MOVETO) {
        path.moveTo(at[0], at[1]);
        start = at.clone();
        last = at.clone();
      } else {
        double[] to = kind == PathIterator.SEG_CLOSE ? start : at;
        tufts(path, last, to, tuft * orientation, dice);
        last = to.clone();
      }
    }
    path.closePath();
    return path;
  }

  private static void tufts(Path2D path, double[] from, double[] to, double tuft, Dice dice) {
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double length = Math.hypot(dx, dy);
    int steps = (int) Math.max(1, Math.round(length / (1.4 * Math.abs(tuft))));
    for (int i = 1; i <= steps && length > 0; i++) {
      double mid = (i - dice.between(0.3, 0.7)) / steps;
      double out = tuft * dice.between(0.35, 1.0);
      double in = -tuft * dice.between(0.0, 0.35);
      double end = (double) i / steps;
      path.lineTo(
          from[0] + dx * mid + dy / length * out, from[1] + dy * mid - dx / length * out + 0.8);
      path.lineTo(from[0] + dx * end + dy / length * in, from[1] + dy * end - dx / length * in);
    }
  }

  /** Signed area of the flattened outline. */
  private static double area(Shape shape) {
    PathIterator points = new FlatteningPathIterator(shape.getPathIterator(null), 1.0, 4);
    double[] at = new double[2];
    double sum = 0;
    double x = 0;
    double y = 0;
    for (; !points.isDone(); points.next()) {
      int kind = points.currentSegment(at);
      if (kind == PathIterator.SEG_LINETO) {
        sum += x * at[1] - at[0] * y;
      }
      x = at[0];
      y = at[1];
    }
    return sum;
  }
}
