package org.visionfashion.weights.onnx;

import org.visionfashion.weights.file.SafetensorsWriter.Tensor;

/**
 * A matrix (out, in) as integers from -63 to 63 times a scale for each output. With seven bits the
 * sums of two products fit into 16, in which processors without VNNI add them up.
 */
record QuantisedMatrix(Tensor matrix) {

  private static final int LARGEST = 63;

  /** Outputs. */
  int outputs() {
    return (int) matrix.shape()[0];
  }

  /** Inputs. */
  int inputs() {
    return (int) matrix.shape()[1];
  }

  /** (out): what an integer of that output is worth. */
  float[] scales() {
    float[] values = matrix.values();
    float[] scales = new float[outputs()];
    for (int i = 0; i < values.length; i++) {
      int output = i / inputs();
      scales[output] = Math.max(scales[output], Math.abs(values[i]) / LARGEST);
    }
    return scales;
  }

  /** (in, out): the integers with the axes exchanged, as a product takes them on the right. */
  byte[] integers() {
    float[] values = matrix.values();
    float[] scales = scales();
    byte[] integers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int output = i / inputs();
      int input = i % inputs();
      float scale = scales[output];
      integers[input * outputs() + output] =
          scale == 0
              ? 0
              : (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(values[i] / scale)));
    }
    return integers;
  }
}
