package org.visionfashion.data.image;

import org.visionfashion.config.ModelConfig.Resampling;

/**
 * A picture made smaller as a whole, the aspect kept; one that is small enough stays as it is.
 *
 * @param side of the result, the shorter one, in pixels
 * @param resampling the filter
 */
public record Reduction(int side, Resampling resampling) implements Detail {

  private static final double SAMPLES = 2;

  @Override
  public int reduction(int width, int height) {
    return Detail.reduction((double) Math.min(width, height) / side, SAMPLES);
  }

  public Pixels apply(PixelRows source) {
    int shorter = Math.min(source.width(), source.height());
    int target = Math.min(side, shorter);
    if (target == shorter && source instanceof Pixels pixels) {
      return pixels;
    }
    int width = scaled(source.width(), target, shorter);
    int height = scaled(source.height(), target, shorter);
    return new Resize(width, height, resampling)
        .apply(source, Box.of(source), new Box(0, 0, width, height), false)
        .toPixels();
  }

  private static int scaled(int length, int target, int shorter) {
    return (int) Math.round((double) length * target / shorter);
  }
}
