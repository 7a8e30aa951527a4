package org.visionfashion.demo;

import org.visionfashion.base.UserError;

/**
 * What to draw.
 *
 * @param size number of pictures
 * @param seed two sets with different seeds have nothing in common
 * @param width of a picture in pixels; the height follows from the real set's 750 x 1101
 */
public record DemoSpec(int size, long seed, int width) {

  public static final int DEFAULT_WIDTH = 160;

  public DemoSpec {
    if (size < 1 || size > 1_000_000) {
      throw new UserError("data.size: " + size + " pictures; draw 1 to 1000000");
    }
    if (width < 32 || width > 1500) {
      throw new UserError("demo picture width " + width + "; choose 32 to 1500");
    }
  }

  public DemoSpec(int size, long seed) {
    this(size, seed, DEFAULT_WIDTH);
  }

  /** Height of a picture in pixels. */
  public int height() {
    return heightFor(width);
  }

  static int heightFor(int width) {
    return (int) Math.round(width * 1101.0 / 750.0);
  }
}
