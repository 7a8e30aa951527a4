package org.visionfashion.config;

/** The type of the towers' matrix products where a trained model encodes pictures and texts. */
public enum EncodingPrecision {
  /** The fastest on this machine whose embeddings are as good as those of fp32, measured. */
  AUTO,
  /** Embeddings, and what is computed from them, that do not depend on the processor's types. */
  FP32,
  BF16,
  FP16
}
