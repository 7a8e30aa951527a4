package org.visionfashion.demo;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.function.DoubleUnaryOperator;

/**
 * An arm or a leg: two straight bones. Positions along it run from 0 (shoulder, hip) over 1 (elbow,
 * knee) to 2 (wrist, ankle).
 */
record Limb(Point2D root, Point2D joint, Point2D end) {

  private static final double STEP = 0.17;

  Point2D at(double t) {
    return t <= 1 ? between(root, joint, t) : between(joint, end, t - 1);
  }

  private static Point2D between(Point2D a, Point2D b, double t) {
    return new Point2D.Double(
        a.getX() + t * (b.getX() - a.getX()), a.getY() + t * (b.getY() - a.getY()));
  }

  /** Direction at a position, turning softly about the joint. */
  Point2D direction(double t) {
    double share = Math.max(0, Math.min(1, (t - 0.75) / 0.5));
    double x = (1 - share) * dx(root, joint) + share * dx(joint, end);
    double y = (1 - share) * dy(root, joint) + share * dy(joint, end);
    double length = Math.max(1e-9, Math.hypot(x, y));
    return new Point2D.Double(x / length, y / length);
  }

  private static double dx(Point2D a, Point2D b) {
    return (b.getX() - a.getX()) / Math.max(1e-9, a.distance(b));
  }

  private static double dy(Point2D a, Point2D b) {
    return (b.getY() - a.getY()) / Math.max(1e-9, a.distance(b));
  }

  /** The point at a distance from the axis; positive = left of the way down. */
  Point2D beside(double t, double distance) {
    Point2D at = at(t);
    Point2D way = direction(t);
    return new Point2D.Double(at.getX() + distance * way.getY(), at.getY() - distance * way.getX());
  }

  /** The outline between two positions. */
  Path2D outline(double from, double to, DoubleUnaryOperator halfWidth) {
    int n = (int) Math.max(2, Math.ceil((to - from) / STEP));
    Path2D path = new Path2D.Double();
    double[] down = new double[2 * (n + 1)];
    double[] up = new double[2 * (n + 1)];
    for (int i = 0; i <= n; i++) {
      double t = from + (to - from) * i / n;
      Point2D left = beside(t, halfWidth.applyAsDouble(t));
      Point2D right = beside(t, -halfWidth.applyAsDouble(t));
      down[2 * i] = left.getX();
      down[2 * i + 1] = left.getY();
      up[2 * (n - i)] = right.getX();
      up[2 * (n - i) + 1] = right.getY();
    }
    path.moveTo(down[0], down[1]);
    Shapes.append(path, down);
    Shapes.append(path, up);
    path.closePath();
    return path;
  }

  /** Angle of the axis against the vertical at a position, in radians. */
  double angle(double t) {
    Point2D way = direction(t);
    return Math.atan2(-way.getX(), way.getY());
  }
}
