package org.visionfashion.data.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one tag of EXIF that matters here, in the first directory of a TIFF structure (TIFF 6.0). */
final class Exif {

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final int MAGIC = 42;

  private Exif() {}

  /**
   * How the camera was held, see {@link Orientation}.
   *
   * @param start of the TIFF structure in the file
   * @param end behind it
   * @return upright where it does not say, or is damaged: that does not make a picture unreadable
   */
  static int orientation(byte[] file, int start, int end) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
      tiff.order(tiff.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      return tiff.getShort() == MAGIC ? orientation(tiff, tiff.getInt()) : Orientation.UPRIGHT;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return Orientation.UPRIGHT;
    }
  }

  private static int orientation(ByteBuffer tiff, int directory) {
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + ENTRY * i;
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
        return tiff.getShort(entry + 2) == SHORT ? tiff.getShort(entry + 8) : Orientation.UPRIGHT;
      }
    }
    return Orientation.UPRIGHT;
  }
}
