package org.visionfashion.data.image;

/**
 * Turns hues in HSV (Smith 1978), without branches and divisions.
 *
 * <p>The hues form a hexagon with red at corner 0, green at 2 and blue at 4. A pixel's position on
 * it is kept times its chroma (greatest channel minus least, here c), in levels. By its distance d
 * from a channel's corner, at most 3 c, that channel is the greatest up to 1 c, falls, and is the
 * least from 2 c on: least + clamp(2 c - d, 0, c).
 */
final class Hue {

  private static final int CORNERS = 6;

  /** Bits behind the point: six corners of 255 levels, and a sign, fit before it. */
  private static final int BITS = 16;

  private int[] least = {};
  private int[] chroma = {};
  private int[] position = {};

  /**
   * Turns every pixel; value and saturation stay.
   *
   * @param turns within [-1, 1]; 1 is once round
   */
  void turn(PackedImage image, double turns) {
    int size = image.size();
    if (least.length < size) {
      least = new int[size];
      chroma = new int[size];
      position = new int[size];
    }
    measure(image.pixels(), least, chroma, position, size);
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      double offset = CORNERS * turns - 2 * channel;
      // Positions are -1 to 5: with an offset of -5 to 1 they are at most once round from 0.
      offset -= CORNERS * Math.floor((offset + 5) / CORNERS);
      int fixed = (int) Math.rint(offset * (1 << BITS));
      set(image.pixels(), 8 * channel, least, chroma, position, fixed, size);
    }
  }

  /** Least channel, chroma, and position times chroma, -1 to 5 chromas. */
  private static void measure(int[] pixels, int[] least, int[] chroma, int[] position, int size) {
    for (int i = 0; i < size; i++) {
      int pixel = pixels[i];
      int red = PackedImage.red(pixel);
      int green = PackedImage.green(pixel);
      int blue = PackedImage.blue(pixel);
      int greatest = max(max(red, green), blue);
      int low = min(min(red, green), blue);
      int notRed = (red - greatest) >> 31; // all bits set where the greatest is another
      int onlyBlue = (green - greatest) >> 31 & notRed;
      int fromCorner = select(notRed, select(onlyBlue, red - green, blue - red), green - blue);
      int corner = (2 & notRed) + (2 & onlyBlue);
      least[i] = low;
      chroma[i] = greatest - low;
      position[i] = fromCorner + corner * (greatest - low);
    }
  }

  /** Sets the channel at {@code shift}; {@code offset} is from its corner to position 0. */
  private static void set(
      int[] pixels, int shift, int[] least, int[] chroma, int[] position, int offset, int size) {
    int others = ~(0xFF << shift);
    for (int i = 0; i < size; i++) {
      int c = chroma[i] << BITS;
      int round = Math.abs((position[i] << BITS) + offset * chroma[i]); // up to 6 c
      int above = PackedImage.clamp(Math.abs(round - 3 * c) - c, c); // 3 c - d is that distance
      int value = ((least[i] << BITS) + above + (1 << (BITS - 1))) >> BITS;
      pixels[i] = (pixels[i] & others) | (value << shift);
    }
  }

  private static int max(int x, int y) {
    return x - ((x - y) & ((x - y) >> 31));
  }

  private static int min(int x, int y) {
    return y + ((x - y) & ((x - y) >> 31));
  }

  /** x where the mask's bits are set, else y. */
  private static int select(int mask, int x, int y) {
    return y ^ ((x ^ y) & mask);
  }
}
