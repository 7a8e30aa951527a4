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
    byte[] planes_CHW = new byte[Pixels.CHANNELS * width * height];
    Box all = new Box(0, 0, width, height);
    new Resize(width, height, resampling).apply(source, Box.of(source), all, planes_CHW, 0);
    return new Pixels(width, height, interleaved(planes_CHW));
  }

  private int scaled(int length, int shorter) {
    return (int) Math.round((double) length * side / shorter);
  }

  private static byte[] interleaved(byte[] planes_CHW) {
    byte[] rgb_HWC = new byte[planes_CHW.length];
    int plane = planes_CHW.length / Pixels.CHANNELS;
    for (int pixel = 0, i = 0; pixel < plane; pixel++) {
      for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
        rgb_HWC[i++] = planes_CHW[channel * plane + pixel];
      }
    }
    return rgb_HWC;
  }
}
