package org.visionfashion.data.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The thumbnails of all pictures, in a temporary file: millions of them would fill the heap. For
 * any number of threads.
 */
final class Thumbnails implements AutoCloseable {

  private final Path path;
  private final FileChannel file;

  Thumbnails() {
    try {
      path = Files.createTempFile("thumbnails", ".tmp");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failure(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  void put(int picture, byte[] thumbnail) {
    ByteBuffer bytes = ByteBuffer.wrap(thumbnail);
    long at = (long) picture * Signature.BYTES;
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes, at + bytes.position());
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** One that was put. */
  byte[] get(int picture) {
    ByteBuffer bytes = ByteBuffer.allocate(Signature.BYTES);
    long at = (long) picture * Signature.BYTES;
    try {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, at + bytes.position()) < 0) {
          throw new IllegalArgumentException("no thumbnail of picture " + picture);
        }
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
    return bytes.array();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static UncheckedIOException failure(Path place, IOException e) {
    return new UncheckedIOException(
        "%s: the temporary file of thumbnails: %s (-Djava.io.tmpdir names another folder)"
            .formatted(place, e.getMessage()),
        e);
  }
}
