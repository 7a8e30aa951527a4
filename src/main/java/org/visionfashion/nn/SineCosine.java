package org.visionfashion.nn;

/** Position codes of the patches of a picture (MoCo v3, appendix; Vaswani et al. 2017, 3.5). */
final class SineCosine {

  private static final double BASE = 10_000;
  private static final int PARTS = 4;

  private SineCosine() {}

  /**
   * Fills (1, others + rows * columns, D): zeros for a class token, then for each patch, row by
   * row, a quarter of D each for sines and cosines of the column and of the row. What D leaves over
   * stays 0.
   */
  static void fill(float[] positions_LD, int others, int rows, int columns) {
    int patches = rows * columns;
    int width = positions_LD.length / (others + patches);
    int quarter = width / PARTS;
    for (int patch = 0; patch < patches; patch++) {
      int start = (others + patch) * width;
      for (int i = 0; i < quarter; i++) {
        double frequency = Math.pow(BASE, -(double) i / quarter);
        int column = patch % columns;
        double x = column * frequency;
        int row = patch / columns;
        double y = row * frequency;
        positions_LD[start + i] = (float) Math.sin(x);
        positions_LD[start + quarter + i] = (float) Math.cos(x);
        positions_LD[start + 2 * quarter + i] = (float) Math.sin(y);
        positions_LD[start + 3 * quarter + i] = (float) Math.cos(y);
      }
    }
  }
}
