package org.visionfashion.data.column;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes that never change, at positions beyond 2^31 too. A number within them is big-endian and
 * lies at a multiple of its size. For any number of threads.
 */
public final class Bytes {

  /** A file is mapped in pieces of 1 GiB. */
  private static final int MAPPED_BITS = 30;

  private final ByteBuffer[] chunks;
  private final int bits;
  private final long size;

  /**
   * Some chunks, all but the last of 2^bits bytes, each from position 0 to its limit.
   *
   * @param bits at least 3, so that no number lies in two chunks
   */
  Bytes(List<ByteBuffer> chunks, int bits) {
    this.chunks = chunks.toArray(ByteBuffer[]::new);
    this.bits = bits;
    this.size = chunks.stream().mapToLong(ByteBuffer::limit).sum();
  }

  /** The content of a file, which must not change from here on. */
  public static Bytes map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return map(channel);
    }
  }

  static Bytes map(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer[] chunks = new ByteBuffer[Math.toIntExact(((size - 1) >> MAPPED_BITS) + 1)];
    for (int i = 0; i < chunks.length; i++) {
      long from = (long) i << MAPPED_BITS;
      chunks[i] = channel.map(MapMode.READ_ONLY, from, Math.min(1L << MAPPED_BITS, size - from));
    }
    return new Bytes(List.of(chunks), MAPPED_BITS);
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  public byte byteAt(long position) {
    return chunk(position).get(within(position));
  }

  /** The {@code index}-th of the numbers that fill the bytes, four bytes each. */
  public int intAt(long index) {
    long position = index * Integer.BYTES;
    return chunk(position).getInt(within(position));
  }

  /** The {@code index}-th of the numbers that fill the bytes, eight bytes each. */
  public long longAt(long index) {
    long position = index * Long.BYTES;
    return chunk(position).getLong(within(position));
  }

  /** Copies the bytes from {@code position} on into the first {@code count} of an array. */
  public void read(long position, byte[] into, int count) {
    int done = 0;
    while (done < count) {
      ByteBuffer chunk = chunk(position + done);
      int at = within(position + done);
      int some = Math.min(count - done, chunk.limit() - at);
      if (some <= 0) {
        throw new IndexOutOfBoundsException("position %d of %d".formatted(position + count, size));
      }
      chunk.get(at, into, done, some);
      done += some;
    }
  }

  /** Writes all of them. */
  public void writeTo(WritableByteChannel channel) throws IOException {
    for (ByteBuffer chunk : chunks) {
      ByteBuffer all = chunk.duplicate().rewind();
      while (all.hasRemaining()) {
        channel.write(all);
      }
    }
  }

  private ByteBuffer chunk(long position) {
    return chunks[(int) (position >>> bits)];
  }

  private int within(long position) {
    return (int) (position & ((1L << bits) - 1));
  }
}
