package org.visionfashion.data.index;

import java.nio.file.Path;

/** Paths as an index keeps them: it moves with its data set. */
final class Relative {

  private Relative() {}

  /** Relative to {@code base} where it lies below it. */
  static String name(Path base, Path path) {
    return path.startsWith(base) ? base.relativize(path).toString() : path.toString();
  }
}
