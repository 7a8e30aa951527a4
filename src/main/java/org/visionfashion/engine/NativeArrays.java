package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Tensors in memory that libtorch owns. On the CPU, DJL's {@code create} and {@code set} let a
 * tensor live in a Java buffer: Java's collector may take it before the backward pass, it counts as
 * Java's memory, and it lies where matrix products may round otherwise than in libtorch's own.
 */
public final class NativeArrays {

  private NativeArrays() {}

  /** A tensor on the manager's device, from values row by row. */
  public static NDArray create(NDManager manager, float[] values, Shape shape) {
    try (NDArray javaBacked = manager.create(values, shape)) {
      return javaBacked.duplicate();
    }
  }

  /**
   * A FLOAT32 tensor on the manager's device.
   *
   * @param values puts the values, row by row, where the tensor keeps them: nothing is copied on
   *     the way to the CPU
   */
  public static NDArray create(NDManager manager, Shape shape, Consumer<ByteBuffer> values) {
    try (NDManager host = manager.newSubManager(Device.cpu())) {
      NDArray tensor = host.create(shape, DataType.FLOAT32);
      values.accept(tensor.toByteBuffer(true));
      NDArray placed = tensor.toDevice(manager.getDevice(), false); // itself, where it is there
      placed.attach(manager);
      return placed;
    }
  }

  /**
   * Numbers for an operation that takes only tensors: a vector, FLOAT32 or FLOAT64. They stay on
   * the host, so that reading them never waits for a GPU.
   */
  public static NDArray onHost(NDManager manager, DataType type, double... numbers) {
    // For another device than its own, DJL opens a manager that would own the result.
    try (NDManager host = manager.newSubManager(Device.cpu());
        NDArray javaBacked = host.zeros(new Shape(numbers.length), type)) {
      if (type == DataType.FLOAT64) {
        javaBacked.set(numbers);
      } else {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) numbers[i];
        }
        javaBacked.set(floats);
      }
      NDArray owned = javaBacked.duplicate();
      owned.attach(manager);
      return owned;
    }
  }
}
