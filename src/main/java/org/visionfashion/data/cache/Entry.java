package org.visionfashion.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.visionfashion.data.image.Pixels;

/**
 * Where a picture lies in a shard, and the file it was made from.
 *
 * @param file the picture's file, relative to the data set where it lies below it
 * @param bytes size of that file
 * @param modified its time of modification, milliseconds since 1970
 * @param content CRC-32C of that file
 * @param width of the stored picture
 * @param height of the stored picture
 * @param offset of its first byte in the shard
 * @param crc32c of its bytes
 */
record Entry(
    String file,
    long bytes,
    long modified,
    long content,
    int width,
    int height,
    long offset,
    long crc32c) {

  /** Where the picture's file lies. */
  Path path(Path root) {
    return root.resolve(file);
  }

  /** Bytes of the stored picture. */
  long size() {
    return (long) Pixels.CHANNELS * width * height;
  }

  /**
   * Whether the file is still what the picture was made from. A file of another time, a copy say,
   * is looked into.
   */
  boolean isFresh(Path root) {
    Path path = path(root);
    try {
      return Files.size(path) == bytes
          && (modified(path) == modified || Checksum.of(Files.readAllBytes(path)) == content);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the picture lies within a shard of this length. */
  boolean liesIn(long length) {
    return width > 0 && height > 0 && offset >= 0 && offset + size() <= length;
  }

  static long modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /** What a file is called in an index. */
  static String name(Path root, Path file) {
    return file.startsWith(root)
        ? root.relativize(file).toString()
        : file.toAbsolutePath().toString();
  }
}
