package org.visionfashion.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files made by hand, chunk by chunk. */
final class Pngs {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private Pngs() {}

  /** A file of these chunks, its signature in front. */
  static byte[] file(byte[]... chunks) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    return file.toByteArray();
  }

  static byte[] header(int width, int height, int depth, int colourType) {
    ByteBuffer content = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return chunk("IHDR", content.put((byte) depth).put((byte) colourType).array());
  }

  /** Pixels as they are before compression, each row behind its filter byte. */
  static byte[] data(byte[] rows) {
    return chunk("IDAT", deflated(rows));
  }

  static byte[] end() {
    return chunk("IEND", new byte[0]);
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }

  /** Puts a chunk straight behind the header. */
  static byte[] with(byte[] png, byte[] chunk) {
    int header = SIGNATURE.length + 25;
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, header)
        .put(chunk)
        .put(png, header, png.length - header)
        .array();
  }

  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    var packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }
}
