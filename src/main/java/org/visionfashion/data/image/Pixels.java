package org.visionfashion.data.image;

/**
 * A decoded picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb_HWC unsigned bytes, row after row, R, G, B of a pixel side by side. Shared, never
 *     written to.
 */
public record Pixels(int width, int height, byte[] rgb_HWC) implements PixelRows {

  public static final int CHANNELS = 3;

  public Pixels {
    if (width < 1 || height < 1 || rgb_HWC.length != CHANNELS * width * height) {
      throw new IllegalArgumentException(
          "%d bytes are no picture of %d x %d".formatted(rgb_HWC.length, width, height));
    }
  }

  @Override
  public void read(int left, int y, int count, byte[] rgb, int offset) {
    System.arraycopy(rgb_HWC, CHANNELS * (y * width + left), rgb, offset, CHANNELS * count);
  }
}
