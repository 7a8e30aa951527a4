package org.visionfashion.data.check;

import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.image.Pixels;
import org.visionfashion.data.image.Reduction;

/**
 * What can be measured of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param brightness mean luma, 0 to 255
 * @param contrast standard deviation of luma
 * @param sharpness variance of the Laplacian (Pech-Pacheco et al. 2000, Diatom autofocusing in
 *     brightfield microscopy) as a share of the variance of luma, so that pale pictures do not pass
 *     for blurred ones
 * @param grey whether it has no colour
 * @param signature tells copies from others
 */
record PictureFact(
    int width,
    int height,
    float brightness,
    float contrast,
    float sharpness,
    boolean grey,
    Signature signature) {

  /** Shorter side at which pictures are measured, if they are larger. */
  private static final int SIDE = 256;

  /** Levels of 255 between the channels of a pixel that a JPEG's rounding makes. */
  private static final int COLOURLESS = 4;

  static PictureFact of(Pixels picture) {
    Pixels reduced = new Reduction(SIDE, Resampling.BILINEAR).apply(picture);
    int[] luma = luma(reduced);
    double variance = variance(luma);
    return new PictureFact(
        picture.width(),
        picture.height(),
        (float) mean(luma),
        (float) Math.sqrt(variance),
        (float) (variance(laplacian(luma, reduced.width())) / Math.max(1, variance)),
        isGrey(reduced.rgb_HWC()),
        Signature.of(reduced));
  }

  /** ITU-R BT.601. */
  private static int[] luma(Pixels picture) {
    byte[] rgb = picture.rgb_HWC();
    int[] luma = new int[rgb.length / 3];
    for (int i = 0; i < luma.length; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      int blue = rgb[3 * i + 2] & 0xFF;
      luma[i] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
    }
    return luma;
  }

  /** Of the inner pixels; empty where there are none. */
  private static int[] laplacian(int[] luma, int width) {
    int height = luma.length / width;
    int[] laplacian = new int[Math.max(0, width - 2) * Math.max(0, height - 2)];
    int to = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int i = y * width + 1; i < (y + 1) * width - 1; i++) {
        laplacian[to++] =
            4 * luma[i] - luma[i - 1] - luma[i + 1] - luma[i - width] - luma[i + width];
      }
    }
    return laplacian;
  }

  private static double mean(int[] values) {
    long sum = 0;
    for (int value : values) {
      sum += value;
    }
    return (double) sum / Math.max(1, values.length);
  }

  private static double variance(int[] values) {
    long squares = 0;
    for (int value : values) {
      squares += (long) value * value;
    }
    double mean = mean(values);
    return Math.max(0, (double) squares / Math.max(1, values.length) - mean * mean);
  }

  private static boolean isGrey(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      int red = rgb[i] & 0xFF;
      int green = rgb[i + 1] & 0xFF;
      int blue = rgb[i + 2] & 0xFF;
      if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue))
          > COLOURLESS) {
        return false;
      }
    }
    return true;
  }
}
