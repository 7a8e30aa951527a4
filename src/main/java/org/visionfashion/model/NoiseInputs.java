package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.visionfashion.engine.NativeArrays;

/** Inputs of a model that mean nothing, for measuring: the same ones each time. */
public final class NoiseInputs {

  private NoiseInputs() {}

  /** Normal noise, as normalised pixels are, (count, 3, H, W). */
  public static NDArray pixels(Architecture sizes, int count, NDManager scope) {
    Shape shape =
        new Shape(count, Architecture.CHANNELS, sizes.image().height(), sizes.image().width());
    Random random = new Random(1);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return NativeArrays.create(scope, values, shape);
  }

  /** Random words that fill each text, with its end where the tower looks for that. */
  public static Tokens tokens(Architecture sizes, int count, int length, NDManager scope) {
    Architecture.Vocabulary vocabulary = sizes.text().vocabulary();
    long[] ids = new Random(1).longs((long) count * length, 0, vocabulary.tokens()).toArray();
    if (vocabulary.endOfText() != Architecture.Vocabulary.NO_END) {
      for (int last = length - 1; last < ids.length; last += length) {
        ids[last] = vocabulary.endOfText();
      }
    }
    Shape shape = new Shape(count, length);
    return new Tokens(
        scope.create(ids, shape),
        scope.zeros(shape, DataType.INT64),
        scope.ones(shape, DataType.INT64));
  }
}
