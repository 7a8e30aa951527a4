package org.visionfashion.data.column;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.base.UserError;

/**
 * Takes bytes one after another and gives them back as {@link Bytes}: in the heap up to {@value
 * #MOST_HEAP} bytes, beyond it in a temporary file, which goes with the process. What is put is of
 * one kind: bytes, or ints, or longs. For one thread.
 */
public final class ByteSink implements AutoCloseable {

  static final int MOST_HEAP = 1 << 24;
  private static final int CHUNK_BITS = 18;

  private final List<ByteBuffer> full = new ArrayList<>();
  private final int mostHeap;
  private ByteBuffer chunk = ByteBuffer.allocate(1 << 10);
  private FileChannel file;
  private long size;

  public ByteSink() {
    this(MOST_HEAP);
  }

  ByteSink(int mostHeap) {
    this.mostHeap = mostHeap;
  }

  /** How many bytes were put. */
  public long size() {
    return size;
  }

  public void put(byte value) {
    room(Byte.BYTES).put(value);
  }

  public void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  public void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  public void put(byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      int some = Math.min(bytes.length - done, room(0).remaining());
      chunk.put(bytes, done, some);
      size += some;
      done += some;
    }
  }

  /** The bytes; nothing can be put any more. */
  public Bytes finish() {
    try {
      full.add(chunk.flip());
      if (file == null) {
        return new Bytes(full, CHUNK_BITS);
      }
      flush();
      Bytes bytes = Bytes.map(file);
      file.close();
      return bytes;
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  /** Lets go of the file where {@link #finish} was never called. */
  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The chunk with room for so many bytes, which count from now on; numbers never straddle. */
  private ByteBuffer room(int bytes) {
    size += bytes;
    if (chunk.remaining() >= Math.max(1, bytes)) {
      return chunk;
    }
    if (chunk.capacity() < 1 << CHUNK_BITS) {
      chunk = ByteBuffer.allocate(chunk.capacity() * 4).put(chunk.flip());
    } else {
      full.add(chunk.flip());
      spill();
      chunk = ByteBuffer.allocate(1 << CHUNK_BITS);
    }
    return chunk;
  }

  private void spill() {
    if (file == null && ((long) full.size() << CHUNK_BITS) < mostHeap) {
      return;
    }
    try {
      if (file == null) {
        Path temporary = Files.createTempFile("visionfashion-", ".column");
        file =
            FileChannel.open(
                temporary,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      flush();
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private void flush() throws IOException {
    for (ByteBuffer each : full) {
      while (each.hasRemaining()) {
        file.write(each);
      }
    }
    full.clear();
  }

  private static UserError noRoom(IOException e) {
    return new UserError(
        "%s: no room for the columns of a large data set: %s; name another folder with -Djava.io.tmpdir"
            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
        e);
  }
}
