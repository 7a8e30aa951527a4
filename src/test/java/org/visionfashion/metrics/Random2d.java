package org.visionfashion.metrics;

import java.util.Random;

/** Random matrices for the oracles. */
final class Random2d {

  private Random2d() {}

  /** Normally distributed. */
  static float[][] normal(Random random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** Integers from -range to range: many ties. */
  static float[][] coarse(Random random, int rows, int columns, int range) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextInt(2 * range + 1) - range;
      }
    }
    return values;
  }

  /** Labels: 1 with probability 0.2, 0, or unknown with probability 0.1. */
  static byte[][] labels(Random random, int rows, int columns) {
    byte[][] labels = new byte[rows][columns];
    for (byte[] row : labels) {
      for (int i = 0; i < columns; i++) {
        double draw = random.nextDouble();
        row[i] = (byte) (draw < 0.2 ? 1 : draw < 0.3 ? -1 : 0);
      }
    }
    return labels;
  }
}
