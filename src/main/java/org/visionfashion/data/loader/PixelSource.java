package org.visionfashion.data.loader;

import java.io.IOException;
import org.visionfashion.data.Example;
import org.visionfashion.data.image.Pixels;

/** Where a picture's pixels come from. Must be thread-safe. */
@FunctionalInterface
public interface PixelSource {

  /**
   * The decoded picture of an example.
   *
   * @throws IOException where it cannot be read; the message names the file and fits on a line
   */
  Pixels pixels(Example example) throws IOException;
}
