package org.visionfashion.data.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What a file or folder was like when a data set was read from it.
 *
 * @param path relative to the data set's folder where it lies below it
 * @param bytes size of a file, {@link #FOLDER} = a folder
 * @param modified time of modification, milliseconds since 1970
 * @param names of a folder: sums up the names in it that are not hidden, in any order
 */
record Input(String path, long bytes, long modified, long names) {

  static final long FOLDER = -1;

  /** As it is now. */
  static Input of(Path base, Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    return new Input(
        Relative.name(base, path),
        folder ? FOLDER : Files.size(path),
        Files.getLastModifiedTime(path).toMillis(),
        folder ? names(path) : 0);
  }

  /** Whether it gives what it gave. A folder of another time is looked into. */
  boolean isSame(Path base) {
    Path there = base.resolve(path);
    try {
      boolean folder = Files.isDirectory(there);
      boolean untouched =
          Files.getLastModifiedTime(there).toMillis() == modified
              && (folder || Files.size(there) == bytes);
      return folder == (bytes == FOLDER) && (untouched || (folder && names(there) == names));
    } catch (IOException e) {
      return false;
    }
  }

  private static long names(Path folder) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".")) {
          CRC32C crc = new CRC32C();
          crc.update(name.getBytes(StandardCharsets.UTF_8));
          sum += ((crc.getValue() + 1) * 0x9E3779B97F4A7C15L) ^ name.hashCode();
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return sum;
  }
}
