package org.visionfashion.data.image;

/**
 * What {@link SlowColorJitter} works on: one picture within a larger array, changed in place.
 *
 * @param bytes the array; the picture's planes R, G, B follow each other
 * @param offset of the picture
 * @param height in pixels
 * @param width in pixels
 */
record Planes(byte[] bytes, int offset, int height, int width) {

  /** Pixels of a plane. */
  int plane() {
    return height * width;
  }

  int red(int pixel) {
    return bytes[offset + pixel] & 0xFF;
  }

  int green(int pixel) {
    return bytes[offset + plane() + pixel] & 0xFF;
  }

  int blue(int pixel) {
    return bytes[offset + 2 * plane() + pixel] & 0xFF;
  }

  void set(int pixel, byte red, byte green, byte blue) {
    bytes[offset + pixel] = red;
    bytes[offset + plane() + pixel] = green;
    bytes[offset + 2 * plane() + pixel] = blue;
  }
}
