package org.visionfashion.weights.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.visionfashion.base.UserError;

/** A file that is read here and there, little endian; every complaint names it. */
final class FileBytes implements Closeable {

  /** A damaged file may call a tensor anything, at any length. */
  private static final int LONGEST_COMPLAINT = 1000;

  private final Path path;
  private final FileChannel channel;

  private FileBytes(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static FileBytes open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UserError(path + ": no such file");
    }
    return new FileBytes(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Bytes from a position on; none are set aside before the file is seen to have them. */
  ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || position > size() - length) {
      throw bad("is truncated");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    fill(bytes, position);
    return bytes;
  }

  /** Fills the buffer up to its limit and flips it. */
  void fill(ByteBuffer buffer, long position) throws IOException {
    long next = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, next);
      if (read < 0) {
        throw bad("is truncated");
      }
      next += read;
    }
    buffer.flip();
  }

  UserError bad(String what) {
    return bad(what, null);
  }

  UserError bad(String what, Throwable cause) {
    String text =
        what.length() <= LONGEST_COMPLAINT ? what : what.substring(0, LONGEST_COMPLAINT) + "...";
    return new UserError(path + " " + text, cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
