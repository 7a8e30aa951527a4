package org.visionfashion.weights.file;

import org.visionfashion.weights.file.SafetensorsWriter.Tensor;

/** A matrix with its axes exchanged. */
public record Transposed(Tensor matrix) implements Tensor {

  @Override
  public long[] shape() {
    long[] shape = matrix.shape();
    return new long[] {shape[1], shape[0]};
  }

  @Override
  public float[] values() {
    long[] shape = matrix.shape();
    return of(matrix.values(), (int) shape[0], (int) shape[1]);
  }

  /** The values of a matrix, row by row, as those of the one with its axes exchanged. */
  public static float[] of(float[] values, int rows, int columns) {
    float[] exchanged = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        exchanged[column * rows + row] = values[row * columns + column];
      }
    }
    return exchanged;
  }
}
