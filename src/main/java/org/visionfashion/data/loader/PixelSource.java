package org.visionfashion.data.loader;

import java.io.IOException;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.image.PixelRows;

/** Where a picture's pixels come from. Must be thread-safe. */
@FunctionalInterface
public interface PixelSource {

  /**
   * The picture of an example.
   *
   * @throws IOException where it cannot be read; the message names the file and fits on a line
   */
  PixelRows pixels(Example example) throws IOException;

  /** Decodes each picture from its file or container. */
  static PixelSource files(LimitsConfig limits) {
    return example -> ImageDecoder.decode(example.picture(), limits);
  }
}
