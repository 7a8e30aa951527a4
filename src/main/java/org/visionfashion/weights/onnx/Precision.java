package org.visionfashion.weights.onnx;

/** What a graph computes in. */
public enum Precision {
  FP32,
  FP16,
  /**
   * 32 bits but for the products with weights: those are of 8-bit integers, weights rounded once,
   * inputs as they come.
   */
  INT8
}
