package org.visionfashion.data.loader;

import java.io.IOException;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.image.Detail;
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

  /** The same, perhaps at a part of its resolution: as finely as needed. */
  default PixelRows pixels(Example example, Detail detail) throws IOException {
    return pixels(example);
  }

  /** Decodes each picture from its file or container. */
  static PixelSource files(LimitsConfig limits) {
    return new Files(limits);
  }

  /** The pictures as they are stored. */
  record Files(LimitsConfig limits) implements PixelSource {

    @Override
    public PixelRows pixels(Example example) throws IOException {
      return pixels(example, Detail.FULL);
    }

    @Override
    public PixelRows pixels(Example example, Detail detail) throws IOException {
      return ImageDecoder.decode(example.picture(), limits, detail);
    }
  }
}
