package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.visionfashion.data.Split;

/**
 * Some samples: a tar archive, or a folder with the same files in it.
 *
 * @param path absolute
 * @param name the path below the data set's folder, without {@code .tar}
 * @param split that all its samples belong to; empty = none is named
 */
record Shard(Path path, String name, Optional<Split> split) {

  static final String TAR = ".tar";

  /** Whether it is a folder. */
  boolean isFolder() {
    return Files.isDirectory(path);
  }
}
