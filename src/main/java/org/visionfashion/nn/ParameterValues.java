package org.visionfashion.nn;

import java.nio.ByteBuffer;

/** Where the first value of a parameter comes from. */
@FunctionalInterface
public interface ParameterValues {

  /** What a parameter starts as when a model is trained from nothing. */
  sealed interface Initial {

    /** Normal, cut at two deviations (BERT and ViT). */
    Initial TRUNCATED_NORMAL = new TruncatedNormal();

    Initial ZERO = new Constant(0);
    Initial ONE = new Constant(1);

    record TruncatedNormal() implements Initial {}

    record Constant(float value) implements Initial {}

    /**
     * Sines and cosines of row and column of a patch, zero for the other tokens: learned positions
     * that start out knowing the plane (Chen et al. 2021, MoCo v3; Beyer et al. 2022, "Better plain
     * ViT baselines").
     */
    record SineCosine(int others, int rows, int columns) implements Initial {}
  }

  /** Values that wait for their tensor, so that a file can be read straight into it. */
  @FunctionalInterface
  interface Values {

    /** Writes all values in row-major order, FLOAT32, into the memory of their tensor. */
    void writeTo(ByteBuffer tensor);

    /** Values that stand in memory. */
    static Values of(float... values) {
      return tensor -> tensor.asFloatBuffer().put(values);
    }
  }

  /**
   * The values of a tensor. What is wrong with its name or shape is said here, before there is
   * memory for it.
   *
   * @param shape empty for a scalar
   */
  Values values(String name, long[] shape, Initial initial);
}
