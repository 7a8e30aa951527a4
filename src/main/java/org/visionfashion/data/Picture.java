package org.visionfashion.data;

import java.io.IOException;
import java.nio.file.Path;
import org.visionfashion.config.LimitsConfig;

/** Where a picture lies, in a file of its own or within a container. Equal = the same place. */
public interface Picture {

  /** The picture's own file, or the container that it is part of. */
  Path file();

  /** Its name within the container; empty = the file is the picture. */
  String member();

  /**
   * The encoded bytes, a JPEG's say. Thread-safe.
   *
   * @throws IOException where they cannot be read, or are more than {@code data.limits} allow; the
   *     message names the picture and fits on a line
   */
  byte[] read(LimitsConfig limits) throws IOException;

  /** How messages call it: the path, or {@code shard.tar: 0001.jpg}. */
  default String name() {
    return member().isEmpty() ? file().toString() : file() + ": " + member();
  }
}
