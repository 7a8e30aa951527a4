package org.visionfashion.data.image;

/**
 * A picture decoded at a part of its resolution.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param reduction pixels, in each direction, that became one
 * @param pixels what there is
 */
record ReducedPixels(int width, int height, int reduction, Pixels pixels) implements PixelRows {

  @Override
  public void read(int left, int y, int count, byte[] rgb, int offset) {
    pixels.read(left, y, count, rgb, offset);
  }
}
