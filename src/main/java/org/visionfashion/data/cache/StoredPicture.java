package org.visionfashion.data.cache;

import java.nio.ByteBuffer;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.image.Pixels;

/**
 * A picture within a mapped shard, read without a copy of the whole. For any number of threads.
 *
 * @param shard all its bytes
 * @param entry where in the shard the picture lies
 */
record StoredPicture(ByteBuffer shard, Entry entry) implements PixelRows {

  @Override
  public int width() {
    return entry.width();
  }

  @Override
  public int height() {
    return entry.height();
  }

  @Override
  public void read(int left, int y, int count, byte[] rgb, int offset) {
    int pixel = y * entry.width() + left;
    shard.get((int) entry.offset() + Pixels.CHANNELS * pixel, rgb, offset, Pixels.CHANNELS * count);
  }

  /** Whether the bytes are not those that were written. */
  boolean isDamaged() {
    return Checksum.of(shard.slice((int) entry.offset(), (int) entry.size())) != entry.crc32c();
  }
}
