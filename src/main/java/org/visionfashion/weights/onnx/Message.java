package org.visionfashion.weights.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers in the making: fields in the order they are added, by the numbers
 * of their schema. Contents that are large are fetched when their turn to be written comes.
 */
final class Message {

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Something that writes just as many bytes as it was said to. */
  interface Content {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private record Part(long size, Content content) {}

  /** A whole number; negative ones take ten bytes, as they do in int64. */
  Message number(int field, long value) {
    ByteArrayOutputStream bytes = key(field, VARINT);
    varint(bytes, value);
    return add(bytes);
  }

  Message real(int field, float value) {
    ByteArrayOutputStream bytes = key(field, FIXED_32);
    byte[] four =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    bytes.writeBytes(four);
    return add(bytes);
  }

  Message text(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return content(field, utf8.length, out -> writeAll(out, ByteBuffer.wrap(utf8)));
  }

  /** A message that gets no more fields. */
  Message message(int field, Message value) {
    return content(field, value.size(), value::writeTo);
  }

  /** Bytes that are fetched when they are written. */
  Message content(int field, long length, Content content) {
    ByteArrayOutputStream bytes = key(field, BYTES);
    varint(bytes, length);
    add(bytes);
    return add(new Part(length, content));
  }

  /** Bytes of all fields. */
  long size() {
    return size;
  }

  void writeTo(WritableByteChannel out) throws IOException {
    for (Part part : parts) {
      part.content().writeTo(out);
    }
  }

  private Message add(ByteArrayOutputStream bytes) {
    byte[] all = bytes.toByteArray();
    return add(new Part(all.length, out -> writeAll(out, ByteBuffer.wrap(all))));
  }

  private Message add(Part part) {
    parts.add(part);
    size += part.size();
    return this;
  }

  private static ByteArrayOutputStream key(int field, int wire) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, (long) field << 3 | wire);
    return bytes;
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private static void varint(ByteArrayOutputStream bytes, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
