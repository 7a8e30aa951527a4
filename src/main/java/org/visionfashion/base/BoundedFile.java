package org.visionfashion.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;

/** Whole files that somebody else has written. */
public final class BoundedFile {

  private BoundedFile() {}

  /**
   * The bytes of a file. Nothing is read from a pipe or a device, which might never end.
   *
   * @param limit most bytes
   * @param key where the limit is set, for the message
   * @throws IOException where the file cannot be read, is no regular file, or is larger
   */
  public static byte[] read(Path file, int limit, String key) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("not a regular file");
    }
    if (attributes.size() > limit) {
      throw new IOException(
          String.format(Locale.ROOT, "%,d bytes; %s allows %,d", attributes.size(), key, limit));
    }
    byte[] bytes = new byte[(int) attributes.size()];
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.readNBytes(bytes, 0, bytes.length);
      return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }
  }
}
