package org.visionfashion.weights;

import java.util.Arrays;

/**
 * A tensor's entry in the header of a safetensors file.
 *
 * @param type element type as the format spells it: F64, F32, F16, BF16, I64, I32, I16, I8, U8,
 *     BOOL
 * @param shape empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end behind the last byte
 */
public record TensorInfo(String name, String type, long[] shape, long begin, long end) {

  /** Number of elements. */
  public long count() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** {@code [3, 224, 224]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }
}
