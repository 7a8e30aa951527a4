package org.visionfashion.data.image;

/** The eight ways in which a camera can have been held (EXIF 2.3, tag 0x0112). */
final class Orientation {

  static final int UPRIGHT = 1;

  private static final int TAG = 0x0112;

  private Orientation() {}

  /**
   * How the camera was held, from the first directory of a TIFF structure (TIFF 6.0).
   *
   * @param start of the TIFF structure in the file
   * @param end behind it
   * @return upright where it does not say, or is damaged: that does not make a picture unreadable
   */
  static int of(byte[] file, int start, int end) {
    return new TiffDirectory(file, start, end).value(TAG, UPRIGHT);
  }

  /** Whether the upright picture is as wide as the stored one is high. */
  static boolean swapsSides(int orientation) {
    return orientation > 4 && orientation <= 8;
  }

  /**
   * Turns a picture upright.
   *
   * @param orientation 1 to 8; any other value means upright
   */
  static Pixels upright(Pixels source, int orientation) {
    if (orientation <= UPRIGHT || orientation > 8) {
      return source;
    }
    int right = source.width() - 1;
    int down = source.width();
    int lastRow = down * (source.height() - 1);
    // Upright pixel (x, y) is pixel start + x * stepX + y * stepY of the stored picture.
    return switch (orientation) {
      case 2 -> walk(source, false, right, -1, down);
      case 3 -> walk(source, false, lastRow + right, -1, -down);
      case 4 -> walk(source, false, lastRow, 1, -down);
      case 5 -> walk(source, true, 0, down, 1);
      case 6 -> walk(source, true, lastRow, -down, 1);
      case 7 -> walk(source, true, lastRow + right, -down, -1);
      default -> walk(source, true, right, down, -1);
    };
  }

  private static Pixels walk(Pixels source, boolean turned, int start, int stepX, int stepY) {
    int width = turned ? source.height() : source.width();
    int height = turned ? source.width() : source.height();
    byte[] from = source.rgb_HWC();
    byte[] to = new byte[from.length];
    int target = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = Pixels.CHANNELS * (start + x * stepX + y * stepY);
        to[target++] = from[pixel];
        to[target++] = from[pixel + 1];
        to[target++] = from[pixel + 2];
      }
    }
    return new Pixels(width, height, to);
  }
}
