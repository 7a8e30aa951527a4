package org.visionfashion.report.attention;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A number a patch.
 *
 * @param rows of patches
 * @param columns of patches
 * @param value_P row by row
 */
public record PatchMap(int rows, int columns, double[] value_P) {

  private static final double DIMMEST = 0.16;

  /** The smallest value. */
  public double low() {
    return Arrays.stream(value_P).min().orElse(0);
  }

  /** The largest value. */
  public double high() {
    return Arrays.stream(value_P).max().orElse(0);
  }

  /**
   * From 0 at the smallest to 1 at the largest value, between the centres of the patches in
   * proportion (bilinear), beyond the outermost as there.
   *
   * @param x across the picture, from 0 to 1
   * @param y down the picture
   */
  double strength(double x, double y) {
    double column = Math.max(0, Math.min(columns - 1, x * columns - 0.5));
    double row = Math.max(0, Math.min(rows - 1, y * rows - 0.5));
    int left = (int) column;
    int top = (int) row;
    double above = between(top, left, column - left);
    double below = between(Math.min(top + 1, rows - 1), left, column - left);
    double value = above + (row - top) * (below - above);
    double range = high() - low();
    return range == 0 ? 0 : (value - low()) / range;
  }

  private double between(int row, int column, double share) {
    double left = value_P[row * columns + column];
    double right = value_P[row * columns + Math.min(column + 1, columns - 1)];
    return left + share * (right - left);
  }

  /**
   * The map over a picture: bright where it is strong, dim and grey where it is weak. The root is
   * taken of the strength, or one strong patch would leave all others in the dark.
   */
  BufferedImage over(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double strength = Math.sqrt(strength((x + 0.5) / width, (y + 0.5) / height));
        image.setRGB(x, y, shaded(picture.getRGB(x, y), strength));
      }
    }
    return image;
  }

  private static int shaded(int rgb, double strength) {
    int grey = (channel(rgb, 16) * 3 + channel(rgb, 8) * 6 + channel(rgb, 0)) / 10;
    double light = DIMMEST + (1 - DIMMEST) * strength;
    int shaded = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double colour = grey + strength * (channel(rgb, shift) - grey);
      shaded |= (int) Math.round(light * colour) << shift;
    }
    return shaded;
  }

  private static int channel(int rgb, int shift) {
    return rgb >> shift & 0xFF;
  }
}
