package org.visionfashion.demo;

import java.awt.geom.Point2D;
import org.visionfashion.data.FileName.Gender;
import org.visionfashion.data.FileName.View;
import org.visionfashion.demo.Scene.Arm;
import org.visionfashion.demo.Scene.Person;
import org.visionfashion.demo.Scene.Pose;

/**
 * The body in its pose. Unit of length: the height of the head. The crown is at y = 0, the chin at
 * 1, the waist at 2.75, the crotch at 3.85, the soles near 7.4; x = 0 is the axis of the shoulders.
 */
final class Figure {

  static final double SHOULDER = 1.5;
  static final double WAIST = 2.75;
  static final double HIP = 3.5;
  static final double CROTCH = 3.86;
  static final double ANKLE = 7.08;

  private static final double[] HEIGHTS = {1.5, 1.85, 2.2, 2.75, 3.05, 3.5, 3.9};
  private static final double[] WOMAN = {0.86, 0.74, 0.74, 0.56, 0.63, 0.79, 0.79};
  private static final double[] MAN = {1.06, 0.92, 0.88, 0.76, 0.75, 0.79, 0.79};

  private final Person person;
  private final Pose pose;
  private final double turn;
  private final int facing;
  private final boolean back;
  private final Limb[] arms = new Limb[2];
  private final Limb[] legs = new Limb[2];

  Figure(Person person, Pose pose, View view) {
    this.person = person;
    this.pose = pose;
    this.turn = view == View.SIDE ? 0.8 : 1;
    this.facing = view == View.SIDE ? pose.turn() : 0;
    this.back = view == View.BACK;
    for (int side = -1; side <= 1; side += 2) {
      arms[index(side)] = bendArm(side, pose.arm(side));
      legs[index(side)] = bendLeg(side);
    }
  }

  private static int index(int side) {
    return side < 0 ? 0 : 1;
  }

  Person person() {
    return person;
  }

  Pose pose() {
    return pose;
  }

  boolean woman() {
    return person.gender() == Gender.WOMEN;
  }

  boolean back() {
    return back;
  }

  /** -1 or 1 where a figure in side view looks, else 0. */
  int facing() {
    return facing;
  }

  Limb arm(int side) {
    return arms[index(side)];
  }

  Limb leg(int side) {
    return legs[index(side)];
  }

  boolean handSeen(int side) {
    return !pose.arm(side).pocket();
  }

  /** The side whose hand can be seen, the one nearer to the trunk where both can. */
  int handSide() {
    if (handSeen(-1) && handSeen(1)) {
      return Math.abs(arm(-1).end().getX()) <= Math.abs(arm(1).end().getX()) ? -1 : 1;
    }
    return handSeen(-1) ? -1 : 1;
  }

  /** The axis of the trunk. */
  double centre(double y) {
    double share = Math.max(0, Math.min(1, (y - SHOULDER) / (HIP - SHOULDER)));
    return pose.hipShift() * share * share * (3 - 2 * share);
  }

  /** Where the middle of the front is: off the axis in side view. */
  double front(double y) {
    return centre(y) + facing * 0.32 * half(y);
  }

  /** Half the width of the trunk. */
  double half(double y) {
    double[] widths = woman() ? WOMAN : MAN;
    int i = 0;
    while (i < HEIGHTS.length - 2 && y > HEIGHTS[i + 1]) {
      i++;
    }
    double share = (y - HEIGHTS[i]) / (HEIGHTS[i + 1] - HEIGHTS[i]);
    share = Math.max(0, Math.min(1, share));
    share = share * share * (3 - 2 * share);
    return (widths[i] + share * (widths[i + 1] - widths[i])) * person.build() * turn;
  }

  /** Height of the shoulder's tip on a side. */
  double shoulder(int side) {
    return SHOULDER + side * pose.tilt();
  }

  double neck() {
    return (woman() ? 0.22 : 0.3) * person.build();
  }

  /** Half width of a bare arm. */
  double armWidth(double t) {
    double base = woman() ? 0.17 : 0.215;
    return base * person.build() * (1 - 0.2 * t);
  }

  /** Half width of a bare leg. */
  double legWidth(double t) {
    double thigh = (woman() ? 0.39 : 0.38) * (turn < 1 ? 0.92 : 1);
    double width = t < 1 ? thigh + (0.215 - thigh) * smooth(t) : calf(t - 1);
    return width * person.build();
  }

  static double smooth(double t) {
    double bounded = Math.max(0, Math.min(1, t));
    return bounded * bounded * (3 - 2 * bounded);
  }

  private static double calf(double t) {
    return t < 0.3 ? 0.215 + 0.02 * smooth(t / 0.3) : 0.235 - 0.11 * smooth((t - 0.3) / 0.7);
  }

  private Limb bendArm(int side, Arm arm) {
    double length = person.stature();
    double x = side * (half(SHOULDER) - armWidth(0) * 0.95);
    double y = shoulder(side) + 0.16;
    double a = Math.toRadians(arm.upper());
    double b = Math.toRadians(arm.upper() + arm.fore());
    double ex = x + side * Math.sin(a) * 1.2 * length;
    double ey = y + Math.cos(a) * 1.2 * length;
    return new Limb(
        new Point2D.Double(x, y),
        new Point2D.Double(ex, ey),
        new Point2D.Double(
            ex + side * Math.sin(b) * 1.08 * length, ey + Math.cos(b) * 1.08 * length));
  }

  private Limb bendLeg(int side) {
    double hip = centre(HIP);
    double apart = (half(3.6) - legWidth(0)) / 1.0 + 0.01;
    double x = hip + side * apart;
    double foot = hip * 0.4 + side * Math.max(apart * 0.9, pose.stance() * turn);
    double knee =
        (x + foot) / 2 + (side == (pose.hipShift() > 0 ? -1 : 1) ? side * pose.bend() : 0);
    return new Limb(
        new Point2D.Double(x, 3.72),
        new Point2D.Double(knee, 5.42),
        new Point2D.Double(foot, ANKLE));
  }
}
