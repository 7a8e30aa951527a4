package org.visionfashion.data.image;

/**
 * A picture with an int a pixel, R | G &lt;&lt; 8 | B &lt;&lt; 16, in an array that may be longer.
 *
 * <p>Loops over such arrays that add, multiply, shift and mask, with one index for all, are
 * vectorised by Java; comparisons, bytes and (before Java 20) {@link Math#min(int, int)} are not.
 * Hence the arithmetic here and in the classes around.
 *
 * @param pixels row after row
 * @param height in pixels
 * @param width in pixels
 */
record PackedImage(int[] pixels, int height, int width) {

  /** In pixels. */
  int size() {
    return height * width;
  }

  static int red(int pixel) {
    return pixel & 0xFF;
  }

  static int green(int pixel) {
    return pixel >> 8 & 0xFF;
  }

  static int blue(int pixel) {
    return pixel >> 16;
  }

  /** Three values cut to bytes, as a pixel. */
  static int pixel(int red, int green, int blue) {
    return clamp(red, 0xFF) | clamp(green, 0xFF) << 8 | clamp(blue, 0xFF) << 16;
  }

  /** The value between 0 and a limit that is nearest. */
  static int clamp(int value, int limit) {
    int below = limit - (value & ~(value >> 31));
    return limit - (below & ~(below >> 31));
  }

  /** Luma of ITU-R BT.601, in 16-bit fixed point as Pillow has it. */
  static int grey(int pixel) {
    // Not red(pixel) and so on: with these calls within a call Java does not vectorise.
    return (19595 * (pixel & 0xFF) + 38470 * (pixel >> 8 & 0xFF) + 7471 * (pixel >> 16) + 0x8000)
        >> 16;
  }

  /** The sum of all greys, of up to 2^24 pixels. */
  long sumOfGreys() {
    return Integer.toUnsignedLong(sumOfGreys(pixels, size()));
  }

  private static int sumOfGreys(int[] pixels, int size) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += grey(pixels[i]);
    }
    return sum;
  }

  /** This picture on a larger black one. */
  PackedImage within(int outerHeight, int outerWidth, int top, int left) {
    int[] canvas = new int[outerHeight * outerWidth];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * width, canvas, (top + y) * outerWidth + left, width);
    }
    return new PackedImage(canvas, outerHeight, outerWidth);
  }

  /** Writes planes R, G, B, one behind the other. */
  void write(byte[] target_CHW, int offset) {
    write(pixels, 0, target_CHW, offset, size());
    write(pixels, 8, target_CHW, offset + size(), size());
    write(pixels, 16, target_CHW, offset + 2 * size(), size());
  }

  private static void write(int[] pixels, int shift, byte[] target, int offset, int size) {
    for (int i = 0; i < size; i++) {
      target[offset + i] = (byte) (pixels[i] >> shift);
    }
  }

  /** The same picture, R, G, B of a pixel side by side. */
  Pixels toPixels() {
    byte[] rgb_HWC = new byte[Pixels.CHANNELS * size()];
    for (int i = 0, to = 0; i < size(); i++) {
      rgb_HWC[to++] = (byte) red(pixels[i]);
      rgb_HWC[to++] = (byte) green(pixels[i]);
      rgb_HWC[to++] = (byte) blue(pixels[i]);
    }
    return new Pixels(width, height, rgb_HWC);
  }
}
