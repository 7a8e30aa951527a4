package org.visionfashion.demo;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * What a picture is painted on. Two systems of coordinates: heads (see {@link Figure}), in which
 * shapes are built, and points, in which weave and lines are measured: a picture is {@value #WIDTH}
 * points wide whatever its pixels. One stage a thread; pictures follow each other on it.
 */
final class Stage {

  static final double WIDTH = 160;
  static final double HEIGHT = 235;

  private final BufferedImage image;
  private final Graphics2D canvas;
  private final BufferedImage layer;
  private final Graphics2D brush;
  private final double pixels;
  private final AffineTransform toPoints = new AffineTransform();

  Stage(int width) {
    int height = DemoSpec.heightFor(width);
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.layer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    this.pixels = width / WIDTH;
    this.canvas = graphics(image);
    this.brush = graphics(layer);
  }

  private Graphics2D graphics(BufferedImage target) {
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(pixels, target.getHeight() / HEIGHT);
    return graphics;
  }

  /** Places the figure. */
  void frame(Scene.Framing framing) {
    double scale = HEIGHT / (framing.bottom() - framing.top());
    double mirror = framing.mirrored() ? -1 : 1;
    toPoints.setToIdentity();
    toPoints.translate(WIDTH * (0.5 + framing.shift()), -framing.top() * scale);
    toPoints.scale(mirror * scale, scale);
  }

  /** Points a head. */
  double scale() {
    return toPoints.getScaleY();
  }

  boolean mirrored() {
    return toPoints.getScaleX() < 0;
  }

  /** From heads to points. */
  Shape place(Shape heads) {
    return toPoints.createTransformedShape(heads);
  }

  Point2D place(double x, double y) {
    return toPoints.transform(new Point2D.Double(x, y), null);
  }

  Graphics2D canvas() {
    return canvas;
  }

  BufferedImage image() {
    return image;
  }

  /** Fills a shape given in heads. */
  void fill(Shape heads, Paint paint) {
    canvas.setPaint(paint);
    canvas.fill(place(heads));
  }

  /** Strokes a shape given in heads with a width in heads. */
  void stroke(Shape heads, Paint paint, double width) {
    line(heads, paint, width * scale());
  }

  /** Strokes a shape given in heads with a width in points. */
  void line(Shape heads, Paint paint, double points) {
    canvas.setPaint(paint);
    canvas.setStroke(round(points));
    canvas.draw(place(heads));
  }

  /** A filled shape with an ink line. */
  void inked(Shape heads, Color color) {
    fill(heads, color);
    line(heads, Colours.darker(color, 0.5), 1.1);
  }

  static BasicStroke round(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** An empty transparent layer over these bounds (in points), to be painted in points. */
  Graphics2D layer(Rectangle2D bounds) {
    brush.setClip(bounds);
    brush.setComposite(AlphaComposite.Clear);
    // Wider than the clip: a soft edge of the clearing would leave traces of the layer before.
    brush.fillRect(
        (int) bounds.getX() - 9,
        (int) bounds.getY() - 9,
        (int) bounds.getWidth() + 18,
        (int) bounds.getHeight() + 18);
    brush.setComposite(AlphaComposite.SrcOver);
    return brush;
  }

  /** Lays the layer onto the canvas. */
  void merge(Rectangle2D bounds, double alpha) {
    canvas.setClip(bounds);
    canvas.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) alpha));
    AffineTransform scaled = canvas.getTransform();
    canvas.setTransform(new AffineTransform());
    canvas.drawImage(layer, 0, 0, null);
    canvas.setTransform(scaled);
    canvas.setComposite(AlphaComposite.SrcOver);
    canvas.setClip(null);
  }

  /** Light on one side of a shape given in points, shadow on the other. */
  static void shade(Graphics2D brush, Shape shape, boolean fromLeft, double strength) {
    Rectangle2D box = shape.getBounds2D();
    if (box.getWidth() < 1 || box.getHeight() < 1) {
      return;
    }
    Color[] colours = {
      Colours.white(Math.min(1, 0.24 * strength)),
      Colours.white(0),
      Colours.black(0),
      Colours.black(Math.min(1, 0.3 * strength))
    };
    Point2D from = new Point2D.Double(fromLeft ? box.getMinX() : box.getMaxX(), 0);
    Point2D to = new Point2D.Double(fromLeft ? box.getMaxX() : box.getMinX(), 0);
    brush.setPaint(new LinearGradientPaint(from, to, new float[] {0, 0.35f, 0.6f, 1}, colours));
    brush.fill(shape);
  }

  /** Film grain: the same small step in all three channels, amplitude in levels. */
  void grain(int amplitude, long seed) {
    int[] pixels_HW = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    long state = seed | 1;
    for (int i = 0; i < pixels_HW.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      int step = (int) (((state & 0xFFFF) * (2 * amplitude + 1)) >> 16) - amplitude;
      int rgb = pixels_HW[i];
      pixels_HW[i] =
          (clamp(((rgb >> 16) & 255) + step) << 16)
              | (clamp(((rgb >> 8) & 255) + step) << 8)
              | clamp((rgb & 255) + step);
    }
  }

  private static int clamp(int level) {
    return Math.max(0, Math.min(255, level));
  }
}
