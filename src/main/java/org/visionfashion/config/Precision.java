package org.visionfashion.config;

/**
 * The type of the matrix products in training. Weights, moments, norms, softmax and losses are
 * always single precision, and so is everything outside training.
 */
public enum Precision {
  /** bf16 where the device multiplies in it natively, else fp32. */
  AUTO,
  FP32,
  BF16,
  FP16
}
