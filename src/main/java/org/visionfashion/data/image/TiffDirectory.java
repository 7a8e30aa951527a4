package org.visionfashion.data.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF structure (TIFF 6.0), which is a file of its own or lies in the
 * EXIF part of another.
 */
final class TiffDirectory {

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY = 12;
  private static final int MAGIC = 42;
  private static final int MISSING = -1;

  private final ByteBuffer tiff;

  /**
   * @param start of the structure in the file
   * @param end behind it
   */
  TiffDirectory(byte[] file, int start, int end) {
    tiff = ByteBuffer.wrap(file, start, end - start).slice();
  }

  /**
   * The first number that a tag has.
   *
   * @param otherwise the value where the tag is missing, is no whole number, or is damaged
   */
  int value(int tag, int otherwise) {
    try {
      int entry = entry(tag);
      if (entry == MISSING) {
        return otherwise;
      }
      int type = tiff.getShort(entry + 2);
      boolean inPlace = (type == SHORT ? 2L : 4L) * tiff.getInt(entry + 4) <= 4;
      int at = inPlace ? entry + 8 : tiff.getInt(entry + 8);
      return type == SHORT
          ? tiff.getShort(at) & 0xFFFF
          : type == LONG ? tiff.getInt(at) : otherwise;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return otherwise;
    }
  }

  /** Writes a short number into the file, where the tag has one already. */
  void put(int tag, int value) {
    tiff.putShort(entry(tag) + 8, (short) value);
  }

  private int entry(int tag) {
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (tiff.getShort(2) != MAGIC) {
      return MISSING;
    }
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + ENTRY * i;
      if ((tiff.getShort(entry) & 0xFFFF) == tag) {
        return entry;
      }
    }
    return MISSING;
  }
}
