package org.visionfashion.data.image;

import java.awt.image.Raster;

/**
 * Four inks to RGB without a colour profile, R = (1 - C)(1 - K), as Pillow does it.
 *
 * <p>Adobe's programs store inks inverted (255 = no ink), everybody else as they are. YCCK is such
 * an inverted CMYK whose first three channels went through JPEG's YCbCr.
 */
final class Cmyk {

  private Cmyk() {}

  /**
   * Converts.
   *
   * @param raster the four channels as stored
   * @param adobeTransform see {@link JpegFile}
   */
  static Pixels toRgb(Raster raster, int adobeTransform) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    byte[] rgb = new byte[Pixels.CHANNELS * width * height];
    int[] row = new int[4 * width];
    int target = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < row.length; x += 4) {
        if (adobeTransform == JpegFile.YCCK) {
          toInks(row, x);
        }
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          rgb[target++] =
              (byte) mix(row[x + channel] >> shift, row[x + 3] >> shift, adobeTransform);
        }
      }
    }
    return new Pixels(width, height, rgb);
  }

  private static int mix(int ink, int black, int adobeTransform) {
    boolean inverted = adobeTransform != JpegFile.NO_ADOBE;
    int light = inverted ? ink : 255 - ink;
    int blackLight = inverted ? black : 255 - black;
    return (light * blackLight + 127) / 255;
  }

  /** YCC of one pixel to inverted CMY (JFIF 1.02; what YCC decodes to is the ink, not its lack). */
  private static void toInks(int[] row, int x) {
    double luma = row[x];
    double blue = row[x + 1] - 128;
    double red = row[x + 2] - 128;
    row[x] = 255 - toByte(luma + 1.402 * red);
    row[x + 1] = 255 - toByte(luma - 0.344136 * blue - 0.714136 * red);
    row[x + 2] = 255 - toByte(luma + 1.772 * blue);
  }

  private static int toByte(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
