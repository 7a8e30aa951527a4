package org.visionfashion.data.tar;

import java.nio.charset.StandardCharsets;

/**
 * A header block: POSIX ustar, GNU tar or the form before both. IEEE Std 1003.1-2017, pax, "ustar
 * Interchange Format"; GNU tar manual, "Basic Tar Format".
 *
 * @param name prefix included; longer ones lie in blocks before
 * @param type the type flag
 * @param size bytes of data that are said to follow
 * @param extended whether blocks of a sparse file's map follow
 */
record TarHeader(String name, char type, long size, boolean extended) {

  /** Bytes of a block: headers fill one each, data are padded to whole ones. */
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final int EXTENDED = 482;

  /** Byte of a block of a sparse file's map that says whether another follows. */
  static final int MORE_OF_MAP = 504;

  private static final int NUMBER = 12;
  private static final int CHECKSUM_LENGTH = 8;

  /** The header in the {@link #BLOCK} bytes from an offset; null where they are none. */
  static TarHeader parse(byte[] bytes, int from) {
    long size = number(bytes, from + SIZE, NUMBER);
    if (size < 0 || !hasChecksum(bytes, from)) {
      return null;
    }
    String name = text(bytes, from, NAME);
    String prefix = isPosix(bytes, from) ? text(bytes, from + PREFIX, PREFIX_LENGTH) : "";
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        (char) (bytes[from + TYPE] & 0xFF),
        size,
        bytes[from + EXTENDED] != 0);
  }

  /** Whether a block says of itself that it is a header, in all forms but the oldest. */
  static boolean hasMagic(byte[] bytes, int from) {
    return text(bytes, from + MAGIC, 5).equals("ustar");
  }

  /** Whether a block is the mark at the end of an archive, or padding behind it. */
  static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < from + BLOCK; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Data of this size with their padding. */
  static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** GNU's has a space in place of the zero, and other things in place of the prefix. */
  private static boolean isPosix(byte[] bytes, int from) {
    return hasMagic(bytes, from) && bytes[from + MAGIC + 5] == 0;
  }

  /** Some programs of old summed signed bytes. */
  private static boolean hasChecksum(byte[] bytes, int from) {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean field = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      unsigned += field ? ' ' : bytes[from + i] & 0xFF;
      signed += field ? ' ' : bytes[from + i];
    }
    long declared = number(bytes, from + CHECKSUM, CHECKSUM_LENGTH);
    return declared == unsigned || declared == signed;
  }

  /** Octal digits, or 95 bits of a binary number behind a first byte of 128; -1 where neither. */
  private static long number(byte[] bytes, int from, int length) {
    boolean binary = (bytes[from] & 0xFF) == 0x80;
    long value = 0;
    boolean begun = false;
    for (int i = binary ? from + 1 : from; i < from + length; i++) {
      int digit = bytes[i] & 0xFF;
      boolean blank = digit == ' ' || digit == 0;
      if (!binary && blank && begun) {
        return value;
      }
      if (binary || !blank) {
        int base = binary ? 256 : 8;
        digit -= binary ? 0 : '0';
        if (digit < 0 || digit >= base || value > Long.MAX_VALUE / base / 2) {
          return -1;
        }
        value = value * base + digit;
        begun = true;
      }
    }
    return value;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
