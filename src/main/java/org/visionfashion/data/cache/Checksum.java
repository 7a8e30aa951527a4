package org.visionfashion.data.cache;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (RFC 3720), which processors compute at the pace of reading. */
final class Checksum {

  private Checksum() {}

  static long of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  static long of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
