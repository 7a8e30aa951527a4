package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.engine.NativeArrays;

/**
 * Neighbouring examples of a batch that are worked on at once.
 *
 * @param index from 0
 * @param start its first example
 * @param end the one behind its last
 */
record Part(int index, int start, int end) {

  /** Cuts {@code size} examples into parts of {@code most}; the last one has what is left. */
  static List<Part> of(int size, int most) {
    List<Part> parts = new ArrayList<>();
    for (int start = 0; start < size; start += most) {
      parts.add(new Part(parts.size(), start, Math.min(size, start + most)));
    }
    return parts;
  }

  /** As operations take it. */
  NDArray onHost(NDManager scope) {
    return NativeArrays.onHost(scope, DataType.FLOAT32, start, end);
  }
}
