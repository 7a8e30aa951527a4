package org.visionfashion.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Uncompressed TIFF files made by hand: one directory, one strip. */
final class Tiffs {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int SAMPLES = 277;
  static final int ORIENTATION = 274;
  static final int ROWS_IN_STRIP = 278;
  static final int STRIP_BYTES = 279;

  private static final int SHORT = 3;
  private static final int LONG = 4;

  private Tiffs() {}

  /** A grey picture of one row. */
  static byte[] grey(byte[] row, Map<Integer, Integer> otherTags) {
    Map<Integer, Integer> tags = new TreeMap<>();
    tags.put(WIDTH, row.length);
    tags.put(HEIGHT, 1);
    tags.put(258, 8); // bits a sample
    tags.put(259, 1); // not compressed
    tags.put(262, 1); // black is zero
    tags.put(273, 8); // the strip
    tags.put(SAMPLES, 1);
    tags.put(ROWS_IN_STRIP, 1);
    tags.put(STRIP_BYTES, row.length);
    tags.putAll(otherTags);
    return file(row, tags);
  }

  private static byte[] file(byte[] strip, Map<Integer, Integer> tags) {
    int length = 8 + strip.length + 2 + 12 * tags.size() + 4;
    ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8 + strip.length);
    file.put(strip).putShort((short) tags.size());
    tags.forEach(
        (tag, value) -> {
          boolean wide = value > 0xFFFF || tag == 273;
          file.putShort(tag.shortValue()).putShort((short) (wide ? LONG : SHORT));
          file.putInt(1).putInt(value);
        });
    return file.array();
  }
}
