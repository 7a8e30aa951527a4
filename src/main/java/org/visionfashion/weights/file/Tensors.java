package org.visionfashion.weights.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.visionfashion.base.UserError;
import org.visionfashion.nn.ParameterValues.Values;

/** Named tensors in a file, whatever its format, read one at a time. */
public interface Tensors extends Closeable {

  /** All names, in the file's order. */
  Set<String> names();

  /**
   * Type and shape of a tensor.
   *
   * @throws UserError where there is none of that name
   */
  TensorInfo info(String name);

  /**
   * A tensor of any floating type as floats, row by row.
   *
   * @throws UserError where it is of another type, or its bytes are not what was promised
   */
  float[] floats(String name) throws IOException;

  /**
   * A tensor of any floating type, written as floats into memory of the machine's byte order, of
   * just its size.
   *
   * @throws UserError as {@link #floats}
   */
  default void read(String name, ByteBuffer into) throws IOException {
    into.asFloatBuffer().put(floats(name));
  }

  /** A tensor's values, read only when they are asked for; see {@link #read}. */
  default Values values(String name) {
    return memory -> {
      try {
        read(name, memory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Free strings that the file carries; empty where the format has none. */
  Map<String, String> metadata();
}
