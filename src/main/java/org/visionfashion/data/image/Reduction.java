package org.visionfashion.data.image;

import org.visionfashion.config.ModelConfig.Resampling;

/**
 * A picture made smaller as a whole, the aspect kept; one that is small enough stays as it is.
 *
 * @param side of the result, the shorter one, in pixels
 * @param resampling the filter
 */
public record Reduction(int side, Resampling resampling) {

  public Pixels apply(Pixels source) {
    int shorter = Math.min(source.width(), source.height());
    if (shorter <= side) {
      return source;
    }
    int width = scaled(source.width(), shorter);
    int height = scaled(source.height(), shorter);
    return new Resize(width, height, resampling)
        .apply(source, Box.of(source), new Box(0, 0, width, height), false)
        .toPixels();
  }

  private int scaled(int length, int shorter) {
    return (int) Math.round((double) length * side / shorter);
  }
}
