package org.visionfashion.data.image;

/**
 * A picture that hands out its rows, wherever its bytes lie, perhaps at a part of its resolution.
 */
public interface PixelRows {

  /** Of the picture, in pixels. */
  int width();

  /** Of the picture, in pixels. */
  int height();

  /**
   * Pixels of the picture, in each direction, that one pixel of a row stands for. The last row and
   * column may stand for fewer.
   */
  default int reduction() {
    return 1;
  }

  /**
   * Copies a part of a row; rows, columns and count are those of the reduced picture.
   *
   * @param left first column
   * @param y the row
   * @param count of pixels
   * @param rgb receives 3 * count unsigned bytes, R, G, B of a pixel side by side
   * @param offset in {@code rgb}
   */
  void read(int left, int y, int count, byte[] rgb, int offset);
}
