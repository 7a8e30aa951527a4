package org.visionfashion.data.image;

/** A picture that hands out its rows, wherever its bytes lie. */
public interface PixelRows {

  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /**
   * Copies a part of a row.
   *
   * @param left first column
   * @param y the row
   * @param count of pixels
   * @param rgb receives 3 * count unsigned bytes, R, G, B of a pixel side by side
   * @param offset in {@code rgb}
   */
  void read(int left, int y, int count, byte[] rgb, int offset);
}
