package org.visionfashion.data.image;

/**
 * One picture within a larger array, changed in place.
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

  /** Left becomes right. */
  void flip() {
    int rows = Pixels.CHANNELS * height;
    for (int row = 0; row < rows; row++) {
      int left = offset + row * width;
      int right = left + width - 1;
      for (; left < right; left++, right--) {
        byte swap = bytes[left];
        bytes[left] = bytes[right];
        bytes[right] = swap;
      }
    }
  }
}
