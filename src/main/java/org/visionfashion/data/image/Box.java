package org.visionfashion.data.image;

/**
 * A rectangle of whole pixels.
 *
 * @param left first column
 * @param top first row
 * @param width in pixels
 * @param height in pixels
 */
public record Box(int left, int top, int width, int height) {

  public Box {
    if (left < 0 || top < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "no box: left %d, top %d, %d x %d".formatted(left, top, width, height));
    }
  }

  /** All of a picture. */
  public static Box of(PixelRows pixels) {
    return new Box(0, 0, pixels.width(), pixels.height());
  }

  void mustLieIn(int width, int height) {
    if (this.left + this.width > width || this.top + this.height > height) {
      throw new IllegalArgumentException(
          "%s is not within %d x %d pixels".formatted(this, width, height));
    }
  }
}
