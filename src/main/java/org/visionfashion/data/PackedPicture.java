package org.visionfashion.data;

import java.nio.file.Path;

/** A picture whose container gives it again for three values; only such fit an index on disk. */
public interface PackedPicture extends Picture {

  Container container();

  /** What {@link Container#picture} takes. */
  long position();

  /** What {@link Container#picture} takes. */
  int length();

  @Override
  default Path file() {
    return container().file();
  }
}
