package org.visionfashion.nn;

/** Where the first value of a parameter comes from. */
@FunctionalInterface
public interface ParameterValues {

  /** What a parameter starts as when a model is trained from nothing. */
  enum Initial {
    /** Normal, cut at two deviations (BERT and ViT). */
    TRUNCATED_NORMAL,
    ZERO,
    ONE
  }

  /**
   * The values of a tensor in row-major order.
   *
   * @param shape empty for a scalar
   */
  float[] values(String name, long[] shape, Initial initial);
}
