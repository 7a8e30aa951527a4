package org.visionfashion.data.image;

import java.util.random.RandomGenerator;

/** Any picture to the model's input size. Thread-safe. */
public interface Transform extends Detail {

  /** Of the result, in pixels. */
  int height();

  /** Of the result, in pixels. */
  int width();

  /**
   * Transforms one picture.
   *
   * @param random all chance there is in the result; unused where there is none
   * @param target_CHW receives {@link #size()} unsigned bytes, planes R, G, B
   * @param offset in the target
   */
  void apply(PixelRows source, RandomGenerator random, byte[] target_CHW, int offset);

  /** Bytes of the result. */
  default int size() {
    return Pixels.CHANNELS * height() * width();
  }
}
