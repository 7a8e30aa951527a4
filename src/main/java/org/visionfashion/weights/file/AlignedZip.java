package org.visionfashion.weights.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip file whose entries are stored as they are, each at a multiple of 64 bytes. */
final class AlignedZip implements Closeable {

  private static final int ALIGNMENT = 64;

  /** An extra field as PyTorch marks its own padding. */
  private static final short PADDING = 'F' | ('B' << 8);

  private static final int PADDING_BYTES = 4;
  private static final int LOCAL_BYTES = 30;
  private static final int WIDE_BYTES = 20;
  private static final long WIDE = 0xFFFFFFFFL;
  private static final int CHUNK = 1 << 14;

  /** One time for all, so that the same tensors make the same file. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final FileChannel channel;
  private final ZipOutputStream zip;

  private AlignedZip(FileChannel channel) {
    this.channel = channel;
    this.zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    zip.setMethod(ZipOutputStream.STORED);
  }

  /** Takes over bytes. */
  @FunctionalInterface
  private interface Sink {
    void take(byte[] bytes, int offset, int length) throws IOException;
  }

  /** Begins a file; one that is there is written over. */
  static AlignedZip create(Path file) throws IOException {
    return new AlignedZip(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING));
  }

  /** Adds an entry; names are ASCII. */
  void add(String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    begin(name, content.length, sum);
    zip.write(content);
    zip.closeEntry();
  }

  /** Adds an entry of floats, little endian. */
  void add(String name, float[] values) throws IOException {
    CRC32 sum = new CRC32();
    send(values, sum::update);
    begin(name, (long) Float.BYTES * values.length, sum);
    send(values, zip::write);
    zip.closeEntry();
  }

  /** Writes the directory, and sees all of the file to the disk. */
  void finish() throws IOException {
    zip.finish();
    zip.flush();
    channel.force(true);
  }

  private void begin(String name, long size, CRC32 sum) throws IOException {
    zip.flush();
    long content = channel.position() + LOCAL_BYTES + name.length();
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(size);
    entry.setCrc(sum.getValue());
    entry.setExtra(padding(size < WIDE ? content : content + WIDE_BYTES));
    zip.putNextEntry(entry);
  }

  /** The extra field that moves what would begin at {@code at} to a multiple of the alignment. */
  private static byte[] padding(long at) {
    int length = (int) Math.floorMod(-(at + PADDING_BYTES), (long) ALIGNMENT);
    return ByteBuffer.allocate(PADDING_BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(PADDING)
        .putShort((short) length)
        .array();
  }

  private static void send(float[] values, Sink sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i += CHUNK) {
      int count = Math.min(CHUNK, values.length - i);
      buffer.clear().asFloatBuffer().put(values, i, count);
      sink.take(buffer.array(), 0, count * Float.BYTES);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
