package org.visionfashion.data.image;

/** How finely a picture must be decoded for what becomes of it. */
@FunctionalInterface
public interface Detail {

  /** Every pixel. */
  Detail FULL = (width, height) -> 1;

  /**
   * How many pixels, in each direction, may become one at decoding; the same for every picture of a
   * size.
   *
   * @param width of the picture in pixels, upright
   * @param height of the picture in pixels, upright
   * @return 1, 2, 4 or 8
   */
  int reduction(int width, int height);

  /**
   * The largest reduction that leaves two samples, in each direction, for each pixel of a result:
   * what is averaged from them differs by half a level from what all pixels give, on average.
   *
   * @param pixels of the picture, in each direction, for one of the result
   */
  static int reduction(double pixels) {
    return pixels >= 16 ? 8 : pixels >= 8 ? 4 : pixels >= 4 ? 2 : 1;
  }
}
