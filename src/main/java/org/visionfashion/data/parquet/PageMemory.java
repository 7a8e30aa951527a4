package org.visionfashion.data.parquet;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** How much memory pages may take while they are read, all threads together. */
final class PageMemory {

  private static final int UNIT = 1 << 10;
  private static final long MOST = Runtime.getRuntime().maxMemory() / 4;
  private static final int UNITS = (int) Math.min(Integer.MAX_VALUE, MOST / UNIT);
  private static final Semaphore FREE = new Semaphore(UNITS, true);

  private PageMemory() {}

  /**
   * Refuses what would not fit alone.
   *
   * @throws IOException names the remedy
   */
  static void check(long bytes) throws IOException {
    if (bytes > MOST) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a page takes %,d MB, this heap allows %,d; write the file with smaller pages or row"
                  + " groups, or give Java more memory",
              bytes >> 20,
              MOST >> 20));
    }
  }

  /** Waits until so much is free; {@link #release} gives it back. */
  static int reserve(long bytes) throws IOException {
    check(bytes);
    int units = (int) Math.min(UNITS, bytes / UNIT + 1);
    FREE.acquireUninterruptibly(units);
    return units;
  }

  static void release(int units) {
    FREE.release(units);
  }
}
