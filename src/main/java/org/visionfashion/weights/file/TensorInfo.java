package org.visionfashion.weights.file;

import java.util.Arrays;
import org.visionfashion.base.UserError;

/**
 * What a file says of a tensor.
 *
 * @param type element type as safetensors spells it: F64, F32, F16, BF16, I64, I32, I16, I8, U8,
 *     BOOL
 * @param shape empty for a scalar
 * @param begin where its bytes begin, counted as the format does; 0 where that says nothing
 * @param end behind its last byte
 */
public record TensorInfo(String name, String type, long[] shape, long begin, long end) {

  /** Number of elements. */
  public long count() {
    return count(shape);
  }

  /**
   * Size along an axis.
   *
   * @throws UserError where there is no such axis, or no table could be so long
   */
  public int size(int axis) {
    if (axis >= shape.length || shape[axis] > Integer.MAX_VALUE) {
      throw new UserError(name + " cannot be " + shapeText());
    }
    return (int) shape[axis];
  }

  /**
   * Number of elements of a shape.
   *
   * @throws ArithmeticException where 64 bits do not hold it
   */
  public static long count(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** {@code [3, 224, 224]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }
}
