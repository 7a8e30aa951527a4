package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sizes and times of containers, asked for once: thousands of pictures may lie in one. */
final class FileStates {

  /**
   * A file as it is.
   *
   * @param modified time of modification, milliseconds since 1970
   */
  record State(long bytes, long modified) {

    /** Of a file that is not there. */
    private static final State ABSENT = new State(-1, 0);

    static State of(Path file) {
      try {
        return new State(Files.size(file), Files.getLastModifiedTime(file).toMillis());
      } catch (IOException e) {
        return ABSENT;
      }
    }
  }

  private final Map<Path, State> containers = new ConcurrentHashMap<>();

  State container(Path file) {
    return containers.computeIfAbsent(file, State::of);
  }
}
