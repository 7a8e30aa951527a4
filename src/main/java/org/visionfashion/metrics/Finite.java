package org.visionfashion.metrics;

/** Refuses numbers that compare with nothing: a NaN would silently win or lose every ranking. */
final class Finite {

  private Finite() {}

  static void require(float[][] values, String what) {
    for (int row = 0; row < values.length; row++) {
      for (float value : values[row]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "%s: row %d holds %s; the model has diverged".formatted(what, row, value));
        }
      }
    }
  }
}
