package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * What the losses of a batch compare with, on a device. B examples, A attributes.
 *
 * @param category_B int64 class index, -1 = not labelled
 * @param attributes_BA float 1, 0, or -1 = not labelled
 * @param caption_B int64, the same number for the same caption; null where no text is read
 */
public record Labels(NDArray category_B, NDArray attributes_BA, NDArray caption_B) {

  /**
   * Copies labels to the device of {@code scope}, which owns them.
   *
   * @param attributes_BA row by row
   * @param caption_B empty where no text is read
   */
  public static Labels of(
      long[] category_B, byte[] attributes_BA, Optional<long[]> caption_B, NDManager scope) {
    int batch = category_B.length;
    float[] floats_BA = new float[attributes_BA.length];
    for (int i = 0; i < floats_BA.length; i++) {
      floats_BA[i] = attributes_BA[i];
    }
    return new Labels(
        scope.create(category_B, new Shape(batch)),
        scope.create(floats_BA, new Shape(batch, floats_BA.length / batch)),
        caption_B.map(numbers -> scope.create(numbers, new Shape(batch))).orElse(null));
  }
}
