package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import org.visionfashion.demo.Scene.Person;

/** Head, face, hair; hat and glasses. */
final class HeadPainter {

  private static final double MIDDLE = 0.52;

  private final Stage stage;
  private final Figure figure;
  private final Person person;
  private final Color ink;
  private final double look;

  HeadPainter(Stage stage, Figure figure) {
    this.stage = stage;
    this.figure = figure;
    this.person = figure.person();
    this.ink = Colours.darker(person.skin(), 0.6);
    this.look = figure.facing() * 0.15 + figure.pose().tilt() * 0.6;
  }

  private boolean woman() {
    return figure.woman();
  }

  private void hair(Shape shape) {
    stage.line(shape, Colours.darker(person.hair(), 0.45), 1.6);
    stage.fill(shape, person.hair());
  }

  private void strand(double... xy) {
    stage.line(Shapes.curve(xy), Colours.lighter(person.hair(), 0.3), 1);
  }

  /** Hair that falls behind the shoulders; painted before the body. */
  void behind() {
    if (figure.back() || !woman()) {
      return;
    }
    switch (person.hairStyle()) {
      case 0 -> hair(fall(0.58, 1.95));
      case 1 -> hair(fall(0.54, 1.4));
      case 2 -> hair(wavy(2.2));
      case 3 -> hair(Shapes.disc(look * 0.4, -0.08, 0.27));
      default -> hair(Shapes.blob(0.2, 0.1, 0.62, 0.2, 0.72, 0.9, 0.6, 1.5, 0.48, 0.8));
    }
  }

  private static Path2D fall(double width, double length) {
    return Shapes.blob(
        0,
        -0.08,
        width * 0.85,
        0.15,
        width,
        0.7,
        width * 1.05,
        length,
        0,
        length + 0.06,
        -width * 1.05,
        length,
        -width,
        0.7,
        -width * 0.85,
        0.15);
  }

  private static Path2D wavy(double length) {
    return Shapes.blob(
        0,
        -0.08,
        0.5,
        0.15,
        0.56,
        0.6,
        0.74,
        1.0,
        0.6,
        1.4,
        0.8,
        1.8,
        0.55,
        length,
        0,
        length - 0.1,
        -0.55,
        length,
        -0.8,
        1.8,
        -0.6,
        1.4,
        -0.74,
        1.0,
        -0.56,
        0.6,
        -0.5,
        0.15);
  }

  boolean faceSeen() {
    return !figure.back();
  }

  /** Head with face and hair. */
  void head() {
    Shape skull =
        Shapes.blob(
            look * 0.3,
            0.02,
            0.36,
            0.24,
            0.37,
            0.56,
            0.22 + look * 0.2,
            0.88,
            look * 0.4,
            1.0,
            -0.22 + look * 0.2,
            0.88,
            -0.37,
            0.56,
            -0.36,
            0.24);
    if (!woman() || person.hairStyle() == 3) {
      stage.inked(Shapes.oval(-0.38, MIDDLE + 0.04, 0.07, 0.12), person.skin());
      stage.inked(Shapes.oval(0.38, MIDDLE + 0.04, 0.07, 0.12), person.skin());
    }
    stage.line(skull, ink, 1.6);
    stage.fill(skull, person.skin());
    if (figure.back()) {
      backOfHead();
    } else {
      face();
      fringe();
    }
  }

  private void face() {
    double x = look;
    if (!woman() && person.beard()) {
      stage.fill(
          Shapes.blob(
              -0.36,
              0.56,
              -0.2 + x * 0.6,
              0.72,
              x,
              0.68,
              0.2 + x * 0.6,
              0.72,
              0.36,
              0.56,
              0.25 + x * 0.3,
              0.9,
              x * 0.5,
              1.04,
              -0.25 + x * 0.3,
              0.9),
          person.hair());
    }
    for (int side = -1; side <= 1; side += 2) {
      double ex = x + side * 0.16;
      stage.fill(Shapes.oval(ex, 0.51, 0.065, 0.04), Color.WHITE);
      stage.fill(Shapes.disc(ex, 0.51, 0.038), new Color(0x2A2220));
      stage.line(
          Shapes.curve(ex - 0.08, 0.41, ex, 0.385, ex + 0.08, 0.41),
          Colours.darker(person.hair(), 0.35),
          woman() ? 1.1 : 1.7);
      if (woman()) {
        stage.line(
            Shapes.curve(ex - 0.08, 0.49, ex, 0.465, ex + 0.08, 0.49), new Color(0x2A2220), 1);
        stage.fill(
            Shapes.oval(ex + side * 0.06, 0.64, 0.07, 0.045), new Color(0xE0, 0x60, 0x60, 70));
      }
    }
    double nose = figure.facing() == 0 ? 0.02 : figure.facing() * 0.06;
    stage.line(
        Shapes.curve(x, 0.5, x + nose, 0.62, x - nose * 0.4, 0.66), Colours.alpha(ink, 0.7), 1);
    Color lips = woman() ? new Color(0xC2424E) : Colours.darker(person.skin(), 0.35);
    double smile = 0.02 + 0.03 * person.face();
    stage.line(
        Shapes.curve(x - 0.1, 0.79 - smile, x, 0.79 + smile * 0.6, x + 0.1, 0.79 - smile),
        lips,
        woman() ? 2.1 : 1.4);
  }

  private void fringe() {
    double x = look;
    if (!woman()) {
      shortHair(x);
      return;
    }
    switch (person.hairStyle()) {
      case 0 -> {
        hair(side(-1, 0.9));
        hair(side(1, 0.9));
        strand(-0.3, 0.2, -0.43, 0.6, -0.44, 1.1);
      }
      case 1 ->
          hair(
              Shapes.blob(
                  0, -0.06, 0.42, 0.12, 0.5, 0.7, 0.4, 0.72, 0.34, 0.36, x, 0.36, -0.34, 0.36, -0.4,
                  0.72, -0.5, 0.7, -0.42, 0.12));
      case 2 -> {
        hair(side(-1, 1.1));
        hair(side(1, 1.1));
        strand(0.3, 0.2, 0.46, 0.7, 0.52, 1.2);
      }
      default -> {
        hair(
            Shapes.blob(
                0, -0.07, 0.36, 0.06, 0.42, 0.42, 0.3, 0.26, x + 0.1, 0.2, -0.28, 0.28, -0.42, 0.42,
                -0.36, 0.06));
        strand(-0.2, 0.16, 0, 0.02, 0.2, 0.1);
      }
    }
  }

  private Shape side(int side, double length) {
    return Shapes.blob(
        -side * 0.08,
        -0.07,
        side * 0.26,
        -0.03,
        side * 0.46,
        0.25,
        side * 0.5,
        0.7,
        side * 0.52,
        length,
        side * 0.38,
        length - 0.05,
        side * 0.36,
        0.55,
        side * 0.22,
        0.24);
  }

  private void shortHair(double x) {
    switch (person.hairStyle()) {
      case 0 ->
          hair(
              Shapes.blob(
                  0, -0.1, 0.34, 0.0, 0.41, 0.36, 0.35, 0.4, 0.3, 0.22, x, 0.18, -0.3, 0.24, -0.35,
                  0.4, -0.41, 0.36, -0.34, 0.0));
      case 1 ->
          hair(
              Shapes.blob(
                  0.1, -0.2, 0.4, 0.0, 0.41, 0.34, 0.33, 0.3, 0.1, 0.12, -0.3, 0.24, -0.4, 0.36,
                  -0.4, 0.05, -0.2, -0.1));
      case 2 ->
          hair(
              Shapes.blob(
                  0, -0.02, 0.32, 0.08, 0.39, 0.36, 0.32, 0.2, x, 0.13, -0.32, 0.2, -0.39, 0.36,
                  -0.32, 0.08));
      case 3 -> {
        for (int i = 0; i < 7; i++) {
          double angle = Math.PI * (1.02 + 0.96 * i / 6.0);
          stage.fill(
              Shapes.disc(0.33 * Math.cos(angle), 0.26 + 0.3 * Math.sin(angle), 0.15),
              person.hair());
        }
      }
      default -> stage.line(Shapes.curve(-0.2, 0.1, 0, 0.05, 0.2, 0.1), Colours.white(0.3), 1.6);
    }
  }

  private void backOfHead() {
    hair(
        Shapes.blob(
            0, -0.06, 0.38, 0.14, 0.41, 0.55, 0.26, 0.92, 0, 0.98, -0.26, 0.92, -0.41, 0.55, -0.38,
            0.14));
    if (woman()) {
      switch (person.hairStyle()) {
        case 0 -> hair(fall(0.46, 1.7));
        case 1 -> hair(fall(0.5, 1.2));
        case 2 -> hair(wavy(1.8));
        case 3 -> hair(Shapes.disc(0, 0.1, 0.26));
        default -> hair(Shapes.blob(0, 0.2, 0.17, 0.5, 0.22, 1.1, 0, 1.7, -0.22, 1.1, -0.17, 0.5));
      }
      strand(-0.14, 0.2, -0.2, 0.6, -0.16, 1.0);
      strand(0.14, 0.2, 0.2, 0.6, 0.16, 1.0);
    }
  }

  /** A hat: brimmed, a cap or a knitted one. */
  void hat(Color color, Color band, int kind) {
    switch (kind) {
      case 0 -> {
        stage.inked(Shapes.oval(0, 0.2, 0.82, 0.16), color);
        stage.inked(
            Shapes.blob(0, -0.36, 0.34, -0.3, 0.42, 0.14, 0, 0.22, -0.42, 0.14, -0.34, -0.3),
            color);
        stage.stroke(Shapes.curve(-0.4, 0.08, 0, 0.16, 0.4, 0.08), band, 0.1);
      }
      case 1 -> {
        double brim = figure.back() ? 0 : look * 1.6;
        stage.inked(
            Shapes.blob(0, -0.24, 0.38, -0.06, 0.45, 0.26, 0, 0.3, -0.45, 0.26, -0.38, -0.06),
            color);
        if (!figure.back()) {
          stage.inked(Shapes.oval(brim + 0.06, 0.29, 0.5, 0.1), band);
        }
      }
      default -> {
        stage.inked(
            Shapes.blob(0, -0.3, 0.38, -0.1, 0.45, 0.2, 0, 0.26, -0.45, 0.2, -0.38, -0.1), color);
        stage.stroke(Shapes.curve(-0.42, 0.2, 0, 0.26, 0.42, 0.2), band, 0.16);
        stage.inked(Shapes.disc(0, -0.36, 0.14), band);
      }
    }
  }

  void eyeglasses() {
    for (int side = -1; side <= 1; side += 2) {
      Shape lens = Shapes.oval(look + side * 0.17, 0.52, 0.145, 0.12);
      stage.fill(lens, Colours.white(0.35));
      stage.stroke(lens, new Color(0x1C1C20), 0.055);
    }
    stage.stroke(Shapes.line(look - 0.04, 0.5, look + 0.04, 0.5), new Color(0x1C1C20), 0.05);
    stage.stroke(Shapes.line(look - 0.31, 0.5, -0.38, 0.46), new Color(0x1C1C20), 0.04);
    stage.stroke(Shapes.line(look + 0.31, 0.5, 0.38, 0.46), new Color(0x1C1C20), 0.04);
  }

  void sunglasses() {
    for (int side = -1; side <= 1; side += 2) {
      double x = look + side * 0.18;
      stage.fill(
          Shapes.blob(x - 0.17, 0.42, x + 0.17, 0.42, x + 0.15, 0.6, x, 0.67, x - 0.15, 0.6),
          new Color(0x17181C));
      stage.line(Shapes.line(x - 0.08, 0.58, x + 0.02, 0.47), Colours.white(0.6), 1.2);
    }
    stage.stroke(Shapes.line(look - 0.38, 0.44, look + 0.38, 0.44), new Color(0x17181C), 0.06);
  }
}
