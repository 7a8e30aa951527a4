package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a picture lies in a shard, and the state of the file it was made from.
 *
 * @param file the picture's file, relative to the data set where it lies below it
 * @param bytes size of that file
 * @param modified its time of modification, milliseconds since 1970
 * @param width of the stored picture
 * @param height of the stored picture
 * @param offset of its first byte in the shard
 * @param crc32c of its bytes
 */
record Entry(
    String file, long bytes, long modified, int width, int height, long offset, long crc32c) {

  /** Whether the file is still what the picture was made from. */
  boolean isFresh(Path root) {
    Path path = root.resolve(file);
    try {
      return Files.size(path) == bytes && modified(path) == modified;
    } catch (IOException e) {
      return false;
    }
  }

  static long modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /** What a file is called in an index. */
  static String name(Path root, Path file) {
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }
}
