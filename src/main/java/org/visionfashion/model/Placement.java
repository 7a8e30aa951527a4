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
    Tokens tokens =
        batch.length() == 0
            ? null
            : tokens(batch.ids_BL(), batch.mask_BL(), new Shape(b, batch.length()), scope);
    return new DeviceBatch(
        pixels(batch.pixels_BCHW(), b, batch.height(), batch.width(), scope),
        tokens,
        scope.create(batch.category_B(), new Shape(b)),
        attributes(batch, scope));
  }

  /** Places captions alone. */
  public Tokens place(org.visionfashion.data.loader.Tokens tokens, NDManager scope) {
    long captions = tokens.ids_BL().length / tokens.length();
    return tokens(tokens.ids_BL(), tokens.mask_BL(), new Shape(captions, tokens.length()), scope);
  }

  /** Places pictures alone, unsigned bytes (B, 3, H, W), and normalises them. */
  public NDArray pixels(byte[] pixels_BCHW, int count, int height, int width, NDManager scope) {
    Shape shape = new Shape(count, CHANNELS, height, width);
    try (NDArray raw = scope.create(ByteBuffer.wrap(pixels_BCHW), shape, DataType.UINT8)) {
      return operations.call("normalise_pixels", raw, mean_C11, std_C11);
    }
  }

  private static Tokens tokens(long[] ids_BL, long[] mask_BL, Shape shape, NDManager scope) {
    return new Tokens(
        scope.create(ids_BL, shape),
        scope.zeros(shape, DataType.INT64),
        scope.create(mask_BL, shape));
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
