package org.visionfashion.weights.pretrained;

import org.visionfashion.model.Architecture;

/**
 * Position embeddings of one patch grid for another: the class token's stays, the others are a
 * picture that is resized with Keys' cubic (a = -1/2), widened where the grid shrinks. The same as
 * timm's {@code resample_abs_pos_embed}, which calls torch's antialiased bicubic interpolation.
 */
public final class PositionResampling {

  private static final double SUPPORT = 2;

  private PositionResampling() {}

  /** Rows and columns of patches. */
  public record Grid(int rows, int columns) {

    /** That of the pictures of an image tower. */
    public static Grid of(Architecture.ImageTower image) {
      return new Grid(image.grid().rows(), image.grid().columns());
    }

    int size() {
      return rows * columns;
    }

    /** {@code 7 x 7}. */
    @Override
    public String toString() {
      return rows + " x " + columns;
    }
  }

  /**
   * Resamples.
   *
   * @param positions_LD embeddings of the class token and then of the patches row by row
   * @param width D
   * @return the same for the other grid
   */
  public static float[] resample(float[] positions_LD, int width, Grid from, Grid to) {
    if (positions_LD.length != (from.size() + 1) * width) {
      throw new IllegalArgumentException(
          "%d numbers are no %s positions of width %d".formatted(positions_LD.length, from, width));
    }
    double[][] columns = weights(from.columns(), to.columns());
    double[][] rows = weights(from.rows(), to.rows());
    float[] result_LD = new float[(to.size() + 1) * width];
    System.arraycopy(positions_LD, 0, result_LD, 0, width);
    for (int y = 0; y < to.rows(); y++) {
      for (int x = 0; x < to.columns(); x++) {
        int target = (1 + y * to.columns() + x) * width;
        patch(positions_LD, from, rows[y], columns[x], width, result_LD, target);
      }
    }
    return result_LD;
  }

  /** One target patch: the sum of all source patches, each with its row's and column's weight. */
  private static void patch(
      float[] positions_LD,
      Grid from,
      double[] rowWeights,
      double[] columnWeights,
      int width,
      float[] target,
      int offset) {
    for (int d = 0; d < width; d++) {
      double sum = 0;
      for (int y = 0; y < from.rows(); y++) {
        double row = 0;
        for (int x = 0; x < from.columns(); x++) {
          row += columnWeights[x] * positions_LD[(1 + y * from.columns() + x) * width + d];
        }
        sum += rowWeights[y] * row;
      }
      target[offset + d] = (float) sum;
    }
  }

  /** For each target index the weight of every source index. */
  private static double[][] weights(int in, int out) {
    double[][] weights = new double[out][in];
    double scale = (double) in / out;
    double widening = Math.max(scale, 1);
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * scale;
      int first = Math.max((int) (centre - SUPPORT * widening + 0.5), 0);
      int last = Math.min((int) (centre + SUPPORT * widening + 0.5), in);
      double sum = 0;
      for (int j = first; j < last; j++) {
        weights[i][j] = cubic((j - centre + 0.5) / widening);
        sum += weights[i][j];
      }
      for (int j = first; j < last; j++) {
        weights[i][j] /= sum;
      }
    }
    return weights;
  }

  private static double cubic(double x) {
    double d = Math.abs(x);
    if (d < 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }
}
