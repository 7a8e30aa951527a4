package org.visionfashion.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.engine.Memory;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;

/**
 * Copies batches to the model's device: pixels travel as bytes and are normalised there, {@code (x
 * / 255 - mean) / std}.
 */
public final class Placement {

  private static final int CHANNELS = 3;

  private final Operations operations;
  private final NDArray mean_C11;
  private final NDArray std_C11;

  /** Used again: what DJL would allocate for each call waits for Java's collector. */
  private ByteBuffer staging = ByteBuffer.allocateDirect(0);

  public Placement(DualEncoder model, List<Double> mean, List<Double> std) {
    operations = model.operations();
    mean_C11 = model.channels(mean);
    std_C11 = model.channels(std);
  }

  /** Places pictures and captions of a batch on the device of {@code scope}, which owns them. */
  public DeviceBatch place(Batch batch, NDManager scope) {
    return place(batch, 0, batch.size(), scope);
  }

  /** The same of its examples {@code start} to {@code end}, the latter not included. */
  public DeviceBatch place(Batch batch, int start, int end, NDManager scope) {
    int picture = CHANNELS * batch.height() * batch.width();
    Shape shape = new Shape(end - start, CHANNELS, batch.height(), batch.width());
    return new DeviceBatch(
        pixels(batch.pixels_BCHW(), start * picture, shape, scope),
        tokens(batch, start, end, scope));
  }

  /** Whether copying pixels ahead of their use spares anybody waiting: on a GPU. */
  public boolean uploads() {
    return mean_C11.getDevice().isGpu();
  }

  /**
   * Begins to copy the pixels of a batch to the model's device, as the bytes that they are.
   *
   * @return (B, 3, H, W), owned by {@code scope}; empty where there is no memory for them
   */
  public Optional<NDArray> upload(Batch batch, NDManager scope) {
    Shape shape = new Shape(batch.size(), CHANNELS, batch.height(), batch.width());
    try {
      return Optional.of(upload(batch.pixels_BCHW(), shape, scope));
    } catch (EngineException failure) {
      if (!Memory.isExhausted(failure)) {
        throw failure;
      }
      return Optional.empty(); // smaller parts of it may fit
    }
  }

  private synchronized NDArray upload(byte[] pixels_BCHW, Shape shape, NDManager scope) {
    stage(pixels_BCHW, 0, pixels_BCHW.length);
    try (NDManager host = scope.newSubManager(Device.cpu());
        NDArray staged = host.create(staging, shape, DataType.UINT8)) {
      NDArray uploaded = operations.call("upload", staged, mean_C11);
      uploaded.attach(scope);
      return uploaded;
    }
  }

  /**
   * As {@link #place(Batch, int, int, NDManager)}, of pixels that are on the device already.
   *
   * @param pixels_BCHW of the whole batch, see {@link #upload}
   */
  public DeviceBatch place(Batch batch, NDArray pixels_BCHW, int start, int end, NDManager scope) {
    NDArray part = NativeArrays.onHost(scope, DataType.FLOAT32, start, end);
    NDArray there = scope.zeros(new Shape(1));
    return new DeviceBatch(
        operations.call("normalise_part", part, pixels_BCHW, there, mean_C11, std_C11),
        tokens(batch, start, end, scope));
  }

  private Tokens tokens(Batch batch, int start, int end, NDManager scope) {
    return batch.length() == 0 ? null : place(batch.tokens(start, end), scope);
  }

  /** Places the labels of a batch on the device of {@code scope}, which owns them. */
  public static Labels labels(Batch batch, NDManager scope) {
    return Labels.of(
        batch.category_B(),
        batch.attributes_BA(),
        batch.length() == 0 ? Optional.empty() : Optional.of(batch.caption_B()),
        scope);
  }

  /** Places captions alone. */
  public Tokens place(org.visionfashion.data.loader.Tokens tokens, NDManager scope) {
    Shape shape = new Shape(tokens.ids_BL().length / tokens.length(), tokens.length());
    return new Tokens(
        scope.create(tokens.ids_BL(), shape),
        scope.zeros(shape, DataType.INT64),
        scope.create(tokens.mask_BL(), shape));
  }

  /** Places pictures alone, unsigned bytes (B, 3, H, W), and normalises them. */
  public NDArray pixels(byte[] pixels_BCHW, int count, int height, int width, NDManager scope) {
    return pixels(pixels_BCHW, 0, new Shape(count, CHANNELS, height, width), scope);
  }

  private synchronized NDArray pixels(byte[] from, int start, Shape shape_BCHW, NDManager scope) {
    stage(from, start, Math.toIntExact(shape_BCHW.size()));
    try (NDArray raw = scope.create(staging, shape_BCHW, DataType.UINT8)) {
      return operations.call("normalise_pixels", raw, mean_C11, std_C11);
    }
  }

  private void stage(byte[] from, int start, int bytes) {
    if (staging.capacity() < bytes) {
      staging = ByteBuffer.allocateDirect(bytes);
    }
    staging.clear().put(from, start, bytes).flip();
  }
}
