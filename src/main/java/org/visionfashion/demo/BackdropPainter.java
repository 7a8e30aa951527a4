package org.visionfashion.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.visionfashion.demo.Scene.Backdrop;

/** Where the figure stands: a studio, a room, a street. */
final class BackdropPainter {

  private static final double W = Stage.WIDTH;
  private static final double H = Stage.HEIGHT;

  private final Graphics2D canvas;
  private final Backdrop backdrop;
  private final Dice dice;

  private BackdropPainter(Graphics2D canvas, Backdrop backdrop) {
    this.canvas = canvas;
    this.backdrop = backdrop;
    this.dice = Dice.of("setting", backdrop.seed());
  }

  static void paint(Stage stage, Backdrop backdrop) {
    BackdropPainter painter = new BackdropPainter(stage.canvas(), backdrop);
    painter.rectangle(0, 0, W, H, backdrop.first());
    switch (backdrop.setting()) {
      case PLAIN -> painter.vignette();
      case GRADIENT -> painter.gradient();
      case CIRCLE -> painter.circle();
      case BRUSH -> painter.brushStrokes();
      case ROOM -> painter.room();
      case STREET -> painter.street();
    }
  }

  private void rectangle(double x, double y, double w, double h, Color color) {
    canvas.setColor(color);
    canvas.fill(new Rectangle2D.Double(x, y, w, h));
  }

  private void vignette() {
    Color[] colours = {Colours.white(0.25), Colours.black(0.12)};
    Point2D middle = new Point2D.Double(W / 2, H * 0.42);
    canvas.setPaint(new RadialGradientPaint(middle, 150, new float[] {0, 1}, colours));
    canvas.fill(new Rectangle2D.Double(0, 0, W, H));
  }

  private void gradient() {
    float x = (float) dice.between(0, W);
    canvas.setPaint(
        new GradientPaint(x, 0, backdrop.first(), (float) (W - x), (float) H, backdrop.second()));
    canvas.fill(new Rectangle2D.Double(0, 0, W, H));
  }

  private void circle() {
    double radius = dice.between(50, 80);
    canvas.setColor(backdrop.second());
    canvas.fill(Shapes.disc(W / 2 + dice.between(-30, 30), dice.between(60, 120), radius));
    rectangle(0, dice.between(H * 0.82, H * 0.92), W, H, backdrop.third());
  }

  private void brushStrokes() {
    canvas.setStroke(Stage.round(dice.between(16, 26)));
    for (int i = 0; i < 6; i++) {
      canvas.setColor(Colours.alpha(i % 2 == 0 ? backdrop.second() : backdrop.third(), 0.55));
      double y = H * (i + 0.3) / 6 + dice.between(-14, 14);
      double lift = dice.between(-30, 30);
      canvas.draw(
          Shapes.curve(-5, y, W * 0.35, y + lift * 0.5, W * 0.7, y - lift * 0.4, W + 5, y + lift));
    }
  }

  private void room() {
    double floor = dice.between(H * 0.78, H * 0.9);
    rectangle(0, floor, W, H, backdrop.second());
    rectangle(0, floor - 3, W, 3, Colours.lighter(backdrop.first(), 0.5));
    double x = dice.chance(0.5) ? dice.between(4, 26) : dice.between(96, 118);
    double y = dice.between(12, 50);
    double w = dice.between(30, 40);
    double h = dice.between(36, 70);
    rectangle(x, y, w, h, Colours.lighter(backdrop.third(), 0.6));
    rectangle(x + 3, y + 3, w - 6, h - 6, backdrop.third());
    if (dice.chance(0.5)) {
      rectangle(x + w / 2 - 1, y, 2, h, Colours.lighter(backdrop.third(), 0.6));
      rectangle(x, y + h / 2 - 1, w, 2, Colours.lighter(backdrop.third(), 0.6));
    }
  }

  private void street() {
    double floor = dice.between(H * 0.76, H * 0.88);
    double x = -dice.between(0, 20);
    boolean light = false;
    while (x < W) {
      double w = dice.between(28, 52);
      double top = dice.between(6, 90);
      Color wall = light ? backdrop.second() : backdrop.third();
      rectangle(x, top, w, floor - top, wall);
      Color pane = Colours.mix(wall, backdrop.first(), 0.6);
      for (double y = top + 8; y < floor - 16; y += 20) {
        for (double px = x + 6; px < x + w - 8; px += 14) {
          rectangle(px, y, 7, 11, pane);
        }
      }
      x += w;
      light = !light;
    }
    rectangle(0, floor, W, H, Colours.darker(backdrop.first(), 0.25));
  }
}
