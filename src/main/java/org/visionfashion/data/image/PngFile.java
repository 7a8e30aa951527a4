package org.visionfashion.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG file (PNG, third edition, clause 5). */
final class PngFile {

  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  /** Without these the picture is another. */
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT");

  private PngFile() {}

  /**
   * How the camera was held, see {@link Orientation}; checks the picture on the way.
   *
   * @throws IOException where a checksum is wrong; the JDK's reader does not look
   */
  static int orientation(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int orientation = Orientation.UPRIGHT;
    int at = SIGNATURE;
    while (at + FRAME <= file.length) {
      long length = bytes.getInt(at) & 0xFFFFFFFFL;
      if (length > file.length - at - FRAME) {
        break; // cut short: the reader says so, unless the picture is complete by then
      }
      int content = at + 8;
      int end = content + (int) length;
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (CRITICAL.contains(type) && !isWhole(file, at + 4, end, bytes.getInt(end))) {
        throw new IOException("the checksum of chunk " + type + " is wrong");
      }
      if (type.equals("eXIf")) {
        orientation = Orientation.of(file, content, end);
      }
      at = end + 4;
    }
    return orientation;
  }

  private static boolean isWhole(byte[] file, int type, int end, int expected) {
    CRC32 checksum = new CRC32();
    checksum.update(file, type, end - type);
    return (int) checksum.getValue() == expected;
  }
}
