package org.visionfashion.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/**
 * Damaged files of a format, one a seed, through whatever reads them. A reader must take the file
 * or refuse it in a line, within bounds of memory and time.
 *
 * @param what the format, for labels
 * @param whole files that are in order
 * @param damage how they are broken
 * @param megabytes most that the reading thread may allocate for a file, besides {@value
 *     #BYTES_A_BYTE} bytes for each of its own
 * @param reader tells whether a file is read
 */
public record Fuzz(String what, List<byte[]> whole, Damage damage, int megabytes, Reader reader) {

  /** Cases of a quick run; {@code -Dfuzz.cases=N} runs others. */
  public static final int CASES = Integer.getInteger("fuzz.cases", 400);

  /** A line of three bytes can be a row, its values and what is wrong with it. */
  private static final long BYTES_A_BYTE = 512;

  private static final long MOST_NANOS = 10_000_000_000L;

  /** The reader under test. */
  @FunctionalInterface
  public interface Reader {

    /**
     * Whether the file is read; checks what is said about one that is refused.
     *
     * @param label names the case
     */
    boolean isRead(byte[] file, String label) throws IOException;
  }

  /**
   * Runs the cases of some seeds.
   *
   * @return how many files were refused
   */
  public int run(long firstSeed, int cases) throws IOException {
    int refused = 0;
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      refused += isRead(seed) ? 0 : 1;
    }
    return refused;
  }

  /** Whether the file of a seed is read. */
  public boolean isRead(long seed) throws IOException {
    String label = what + ", seed " + seed;
    byte[] file = damage.of(whole.get((int) (seed % whole.size())), new Random(seed));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long memory = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    boolean read;
    try {
      read = reader.isRead(file, label);
    } catch (RuntimeException | VirtualMachineError e) {
      throw new AssertionError(label + ": " + e, e);
    }
    assertThat(threads.getCurrentThreadCpuTime() - start).as(label).isLessThan(MOST_NANOS);
    assertThat(threads.getCurrentThreadAllocatedBytes() - memory)
        .as(label)
        .isLessThan(((long) megabytes << 20) + BYTES_A_BYTE * file.length);
    return read;
  }

  /** What a message for the user must be: short, one line, and about this. */
  public static void assertLine(String message, String about, String label) {
    assertThat(message).as(label).contains(about).hasSizeLessThan(1500);
    assertThat(message).as(label).doesNotContainPattern("\\p{Cntrl}");
  }
}
