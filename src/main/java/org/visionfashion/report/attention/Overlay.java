package org.visionfashion.report.attention;

import java.awt.image.BufferedImage;

/**
 * A map over a picture: bright where it is strong, dim and without colour where it is weak. The
 * root is taken of the strength, or one strong patch would leave all others in the dark.
 */
final class Overlay {

  private static final double DIMMEST = 0.16;

  private Overlay() {}

  static BufferedImage of(BufferedImage picture, PatchMap map) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double strength = Math.sqrt(map.strength((x + 0.5) / width, (y + 0.5) / height));
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
