package org.visionfashion.data.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/**
 * A file from some position on. Several may read the same file in turns, on one thread. Unlike a
 * channel, the file stays open when the thread is interrupted.
 */
final class FileInput extends InputStream {

  private static final int BUFFER = 1 << 13;

  private final RandomAccessFile file;
  private final byte[] buffer = new byte[BUFFER];
  private long ahead;
  private int at;
  private int filled;

  FileInput(RandomAccessFile file, long position) {
    this.file = file;
    this.ahead = position;
  }

  /** Where in the file the next byte lies. */
  long position() {
    return ahead - (filled - at);
  }

  @Override
  public int read() throws IOException {
    return at < filled || fill() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == filled && length >= BUFFER) {
      file.seek(ahead);
      int read = file.read(into, offset, length);
      ahead += Math.max(0, read);
      return read;
    }
    if (at == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  /** Goes on behind bytes that are not wanted. */
  @Override
  public long skip(long count) {
    ahead = position() + count;
    at = 0;
    filled = 0;
    return count;
  }

  /**
   * So many bytes.
   *
   * @throws EOFException where the file has fewer; no memory is set aside for them
   */
  byte[] bytes(int count) throws IOException {
    if (count > file.length() - position()) {
      throw new EOFException("the file ends too early");
    }
    byte[] bytes = new byte[count];
    if (readNBytes(bytes, 0, count) < count) {
      throw new EOFException("the file ends too early");
    }
    return bytes;
  }

  private boolean fill() throws IOException {
    file.seek(ahead);
    at = 0;
    filled = Math.max(0, file.read(buffer, 0, BUFFER));
    ahead += filled;
    return filled > 0;
  }
}
