package org.visionfashion.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.visionfashion.demo.Scene.Swatch;

/** Patterns: drawn in a garment's second and third colour over its ground. */
final class Motifs {

  private final Graphics2D brush;
  private final Swatch swatch;
  private final Dice dice;
  private final double reach;

  private Motifs(Graphics2D brush, Swatch swatch, double reach) {
    this.brush = brush;
    this.swatch = swatch;
    this.dice = Dice.of("motifs", swatch.seed());
    this.reach = reach;
  }

  /** Paints over {@code bounds}; the brush keeps what is outside the cloth free. */
  static void paint(
      Cloth cloth, Stage stage, Graphics2D brush, Cloth.Piece piece, Rectangle2D bounds) {
    double reach = Math.hypot(bounds.getWidth(), bounds.getHeight()) / 2 + 12;
    Motifs motifs = new Motifs(brush, cloth.swatch(), reach);
    if (cloth.pattern() == Pattern.GRAPHIC) {
      if (piece.motif() != null) {
        motifs.graphic(stage, piece.motif());
      }
      return;
    }
    if (cloth.pattern() == Pattern.BLOCK) {
      motifs.panels(bounds, piece.limb());
      return;
    }
    AffineTransform upright = brush.getTransform();
    brush.translate(Math.rint(bounds.getCenterX()), Math.rint(bounds.getCenterY()));
    brush.rotate(piece.grain());
    switch (cloth.pattern()) {
      case FLORAL -> motifs.blossoms();
      case STRIPED -> motifs.stripes();
      case LATTICE -> motifs.plaid();
      case OTHER -> motifs.dotsOrTriangles();
      case PURE, GRAPHIC, BLOCK -> {}
    }
    brush.setTransform(upright);
  }

  private void fill(Path2D path, Color color) {
    brush.setColor(color);
    brush.fill(path);
  }

  private void blossoms() {
    double step = dice.between(18, 21);
    Path2D[] petals = {new Path2D.Double(), new Path2D.Double()};
    Path2D hearts = new Path2D.Double();
    Path2D leaves = new Path2D.Double();
    int row = 0;
    for (double y = -reach; y < reach; y += step * 0.86, row++) {
      for (double x = -reach + (row % 2) * step / 2; x < reach; x += step) {
        double cx = x + dice.between(-2, 2);
        double cy = y + dice.between(-2, 2);
        blossom(petals[(row + (int) Math.round(x / step)) & 1], cx, cy);
        hearts.append(Shapes.disc(cx, cy, 2.3), false);
        leaves.append(Shapes.oval(cx + step * 0.44, cy + 3, 3.6, 1.6), false);
      }
    }
    fill(leaves, Colours.mix(swatch.ground(), swatch.second(), 0.5));
    fill(petals[0], swatch.second());
    fill(petals[1], swatch.third());
    fill(hearts, swatch.ground());
  }

  private void blossom(Path2D path, double x, double y) {
    double turn = dice.between(0, Math.PI);
    for (int i = 0; i < 5; i++) {
      double angle = turn + i * 2 * Math.PI / 5;
      path.append(Shapes.disc(x + 4.1 * Math.cos(angle), y + 4.1 * Math.sin(angle), 3.3), false);
    }
  }

  private void stripes() {
    if (dice.chance(0.22)) {
      brush.rotate(Math.PI / 2);
    }
    double period = dice.between(13, 18);
    double width = period * dice.between(0.42, 0.55);
    boolean pin = dice.chance(0.3);
    Path2D bands = new Path2D.Double();
    Path2D pins = new Path2D.Double();
    for (double y = -Math.ceil(reach / period) * period; y < reach; y += period) {
      bands.append(new Rectangle2D.Double(-reach, y, 2 * reach, width), false);
      pins.append(new Rectangle2D.Double(-reach, y + width / 2 - 1, 2 * reach, 2), false);
    }
    fill(bands, swatch.second());
    if (pin) {
      fill(pins, swatch.third());
    }
  }

  private void plaid() {
    double period = dice.between(17, 22);
    double width = period * 0.36;
    Path2D across = new Path2D.Double();
    Path2D down = new Path2D.Double();
    Path2D threads = new Path2D.Double();
    for (double d = -Math.ceil(reach / period) * period; d < reach; d += period) {
      across.append(new Rectangle2D.Double(-reach, d, 2 * reach, width), false);
      down.append(new Rectangle2D.Double(d, -reach, width, 2 * reach), false);
      double thread = d + period * 0.68;
      threads.append(new Rectangle2D.Double(-reach, thread - 0.8, 2 * reach, 1.6), false);
      threads.append(new Rectangle2D.Double(thread - 0.8, -reach, 1.6, 2 * reach), false);
    }
    fill(across, Colours.alpha(swatch.second(), 0.62));
    fill(down, Colours.alpha(swatch.second(), 0.62));
    fill(threads, Colours.alpha(swatch.third(), 0.9));
  }

  private void dotsOrTriangles() {
    if (dice.chance(0.6)) {
      dots();
    } else {
      triangles();
    }
  }

  private void dots() {
    double step = dice.between(13.5, 16);
    double radius = step * dice.between(0.25, 0.31);
    Path2D dots = new Path2D.Double();
    int row = 0;
    for (double y = -reach; y < reach; y += step * 0.8, row++) {
      for (double x = -reach + (row % 2) * step / 2; x < reach; x += step) {
        dots.append(Shapes.disc(x, y, radius), false);
      }
    }
    fill(dots, swatch.second());
  }

  private void triangles() {
    double step = dice.between(16, 19);
    double size = step * 0.33;
    Path2D[] triangles = {new Path2D.Double(), new Path2D.Double()};
    int row = 0;
    for (double y = -reach; y < reach; y += step * 0.8, row++) {
      for (double x = -reach + (row % 2) * step / 2; x < reach; x += step) {
        triangles[row & 1].append(
            Shapes.polygon(x - size, y + size, x + size, y + size, x, y - size), false);
      }
    }
    fill(triangles[0], swatch.second());
    fill(triangles[1], swatch.third());
  }

  private void panels(Rectangle2D box, boolean limb) {
    int style = dice.below(3);
    if (limb) {
      fill(new Path2D.Double(box), style == 0 ? swatch.second() : swatch.third());
      return;
    }
    double x = box.getX();
    double y = box.getY();
    double w = box.getWidth();
    double h = box.getHeight();
    double cut = dice.between(0.4, 0.56);
    Path2D first =
        switch (style) {
          case 0 -> new Path2D.Double(new Rectangle2D.Double(x, y + h * cut, w, h));
          case 1 -> new Path2D.Double(new Rectangle2D.Double(x + w * cut, y, w, h));
          default -> Shapes.polygon(x, y + h * 0.75, x + w, y + h * 0.25, x + w, y + h, x, y + h);
        };
    fill(first, swatch.second());
    if (style == 0) {
      fill(
          new Path2D.Double(new Rectangle2D.Double(x, y + h * cut - h * 0.12, w, h * 0.12)),
          swatch.third());
    }
  }

  private void graphic(Stage stage, Cloth.Motif motif) {
    Point2D at = stage.place(motif.x(), motif.y());
    double size = motif.size() * stage.scale();
    AffineTransform upright = brush.getTransform();
    brush.translate(at.getX(), at.getY());
    brush.scale(size, size);
    Graphic.paint(brush, swatch, dice);
    brush.setTransform(upright);
  }
}
