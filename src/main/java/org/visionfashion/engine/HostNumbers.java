package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers for an operation that takes only tensors. They stay on the host, so that reading them
 * never waits for a GPU, in memory that libtorch owns, so that Java's collector cannot take them.
 */
public final class HostNumbers {

  private HostNumbers() {}

  /** A vector of {@code numbers}, FLOAT32 or FLOAT64. */
  public static NDArray create(NDManager manager, DataType type, double... numbers) {
    NDArray array = manager.zeros(new Shape(numbers.length), type, Device.cpu());
    if (type == DataType.FLOAT64) {
      array.set(numbers);
    } else {
      float[] floats = new float[numbers.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) numbers[i];
      }
      array.set(floats);
    }
    return array;
  }
}
