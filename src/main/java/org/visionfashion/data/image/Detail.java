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
   * The largest reduction that leaves enough samples for each pixel of a result.
   *
   * @param pixels of the picture, in each direction, for one of the result
   * @param samples of the reduced picture that are to be left of these: with two, values differ by
   *     0.4 levels, on average, from what all pixels give, and 999 of 1,000 by 5 at most; with 1.5
   *     by 0.5 and 7 (the demo set's pictures, whose edges are sharp)
   */
  static int reduction(double pixels, double samples) {
    int reduction = 8;
    while (reduction > 1 && pixels < samples * reduction) {
      reduction /= 2;
    }
    return reduction;
  }
}
