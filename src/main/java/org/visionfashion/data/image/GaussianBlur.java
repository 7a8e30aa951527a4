package org.visionfashion.data.image;

/**
 * A separable Gaussian filter, cut off at three standard deviations; beyond the edge the picture
 * goes on as its last pixel.
 *
 * @param sigma standard deviation in pixels
 */
record GaussianBlur(double sigma) {

  private static final double CUT = 3;

  Pixels apply(Pixels source) {
    int width = source.width();
    int height = source.height();
    float[] weights = weights();
    float[] samples = new float[source.rgb_HWC().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = source.rgb_HWC()[i] & 0xFF;
    }
    float[] rows = new float[samples.length];
    for (int y = 0; y < height; y++) {
      filter(samples, rows, y * width * Pixels.CHANNELS, Pixels.CHANNELS, width, weights);
    }
    float[] both = new float[samples.length];
    for (int x = 0; x < width; x++) {
      filter(rows, both, x * Pixels.CHANNELS, width * Pixels.CHANNELS, height, weights);
    }
    byte[] rgb = new byte[samples.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round(both[i]);
    }
    return new Pixels(width, height, rgb);
  }

  /** One line of pixels: {@code count} of them, {@code step} samples apart. */
  private static void filter(
      float[] from, float[] to, int start, int step, int count, float[] weights) {
    int radius = weights.length / 2;
    for (int pixel = 0; pixel < count; pixel++) {
      for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
        float sum = 0;
        for (int tap = -radius; tap <= radius; tap++) {
          int near = Math.max(0, Math.min(count - 1, pixel + tap));
          sum += weights[tap + radius] * from[start + near * step + channel];
        }
        to[start + pixel * step + channel] = sum;
      }
    }
  }

  /** An odd number of weights that sum to 1. */
  private float[] weights() {
    int radius = (int) Math.ceil(CUT * sigma);
    float[] weights = new float[2 * radius + 1];
    double sum = 0;
    for (int tap = -radius; tap <= radius; tap++) {
      sum += Math.exp(-0.5 * tap * tap / (sigma * sigma));
    }
    for (int tap = -radius; tap <= radius; tap++) {
      weights[tap + radius] = (float) (Math.exp(-0.5 * tap * tap / (sigma * sigma)) / sum);
    }
    return weights;
  }
}
