package org.visionfashion.data.image;

import java.util.Arrays;

/** A weighted sum of lines of pixels, weights with {@link Taps#BITS} bits behind the point. */
final class LineSum {

  private static final int HALF = 1 << (Taps.BITS - 1);

  private int[] red = {};
  private int[] green = {};
  private int[] blue = {};

  /** Starts a sum that will be rounded to the nearest. */
  void clear(int length) {
    if (red.length < length) {
      red = new int[length];
      green = new int[length];
      blue = new int[length];
    }
    Arrays.fill(red, 0, length, HALF);
    Arrays.fill(green, 0, length, HALF);
    Arrays.fill(blue, 0, length, HALF);
  }

  void add(int[] line, int weight, int length) {
    add(line, weight, red, green, blue, length);
  }

  private static void add(int[] line, int weight, int[] red, int[] green, int[] blue, int length) {
    for (int i = 0; i < length; i++) {
      int pixel = line[i];
      red[i] += weight * PackedImage.red(pixel);
      green[i] += weight * PackedImage.green(pixel);
      blue[i] += weight * PackedImage.blue(pixel);
    }
  }

  /** The sum, cut to bytes. */
  void write(int[] line, int length) {
    write(red, green, blue, line, length);
  }

  private static void write(int[] red, int[] green, int[] blue, int[] line, int length) {
    for (int i = 0; i < length; i++) {
      line[i] = PackedImage.pixel(red[i] >> Taps.BITS, green[i] >> Taps.BITS, blue[i] >> Taps.BITS);
    }
  }
}
