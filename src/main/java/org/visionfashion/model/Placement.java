package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import org.visionfashion.data.loader.Batch;
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

  public Placement(DualEncoder model, List<Double> mean, List<Double> std) {
    operations = model.operations();
    mean_C11 = model.channels(mean);
    std_C11 = model.channels(std);
  }

  /** Places a batch in {@code scope}, which owns all its tensors. */
  public DeviceBatch place(Batch batch, NDManager scope) {
    int b = batch.size();
    return new DeviceBatch(
        pixels(batch, scope),
        batch.length() > 0 ? tokens(batch, scope) : null,
        scope.create(batch.category_B(), new Shape(b)),
        attributes(batch, scope));
  }

  private NDArray pixels(Batch batch, NDManager scope) {
    Shape shape = new Shape(batch.size(), CHANNELS, batch.height(), batch.width());
    ByteBuffer bytes = ByteBuffer.wrap(batch.pixels_BCHW());
    try (NDArray raw = scope.create(bytes, shape, DataType.UINT8)) {
      return operations.call("normalise_pixels", raw, mean_C11, std_C11);
    }
  }

  private static Tokens tokens(Batch batch, NDManager scope) {
    Shape shape = new Shape(batch.size(), batch.length());
    return new Tokens(
        scope.create(batch.ids_BL(), shape),
        scope.zeros(shape, DataType.INT64),
        scope.create(batch.mask_BL(), shape));
  }

  private static NDArray attributes(Batch batch, NDManager scope) {
    byte[] labels = batch.attributes_BA();
    float[] floats = new float[labels.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = labels[i];
    }
    return scope.create(floats, new Shape(batch.size(), labels.length / batch.size()));
  }
}
