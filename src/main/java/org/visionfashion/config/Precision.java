package org.visionfashion.config;

/**
 * The type of the matrix products in training. Weights, moments, norms, softmax and losses are
 * always single precision; for trained models see {@link EncodingPrecision}.
 */
public enum Precision {
  /** The fastest on this machine, measured when a run begins. */
  AUTO,
  FP32,
  /** fp32 whose products a GPU of NVIDIA's Ampere or newer computes in TF32, else fp32. */
  TF32,
  BF16,
  FP16
}
