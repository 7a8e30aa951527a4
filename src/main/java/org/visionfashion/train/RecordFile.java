package org.visionfashion.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * TensorFlow's record file: length (8 bytes), its checksum (4), the bytes, their checksum (4), all
 * little endian (tensorflow/core/lib/io/record_writer.h).
 */
final class RecordFile implements AutoCloseable {

  private static final int MASK = 0xa282ead8;

  private final OutputStream stream;

  /** Begins a new file. */
  RecordFile(Path file) throws IOException {
    stream = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
  }

  /** Adds a record; a reader sees it when this returns. */
  void write(byte[] record) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(16 + record.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(record.length);
    buffer.putInt(checksum(buffer.array(), Long.BYTES));
    buffer.put(record);
    buffer.putInt(checksum(record, record.length));
    stream.write(buffer.array());
    stream.flush();
  }

  /** CRC-32C, turned and shifted, for a checksum of checksums says little. */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
