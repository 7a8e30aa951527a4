package org.visionfashion.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.visionfashion.nn.ParameterValues.Initial;

/** First values of a parameter as an array. */
public final class FirstValues {

  private FirstValues() {}

  public static float[] floats(ParameterValues source, String name, long[] shape, Initial initial) {
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
    source.values(name, shape, initial).writeTo(bytes);
    float[] floats = new float[count];
    bytes.rewind().asFloatBuffer().get(floats);
    return floats;
  }
}
