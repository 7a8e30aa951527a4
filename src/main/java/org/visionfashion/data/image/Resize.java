package org.visionfashion.data.image;

import org.visionfashion.config.ModelConfig.Resampling;

/**
 * Pillow's antialiased resampling, byte for byte: along the rows first, rounded to bytes, then
 * along the columns, with weights in fixed point.
 *
 * @param width of the resized picture
 * @param height of the resized picture
 * @param resampling the filter
 */
public record Resize(int width, int height, Resampling resampling) {

  /**
   * Resizes part of a picture and keeps part of the result.
   *
   * @param box of the source; nothing outside it is looked at, as if it had been cut out before
   * @param window of the resized picture that is wanted; only that much is computed
   * @param target_CHW receives channels R, G, B of the window, one plane after the other
   * @param offset in the target
   */
  public void apply(PixelRows source, Box box, Box window, byte[] target_CHW, int offset) {
    apply(source, box, window, false).write(target_CHW, offset);
  }

  /** The same, left for right where {@code flip}; overwritten by this thread's next resizing. */
  PackedImage apply(PixelRows source, Box box, Box window, boolean flip) {
    return Workspace.mine().resampler().apply(this, source, box, window, flip);
  }
}
