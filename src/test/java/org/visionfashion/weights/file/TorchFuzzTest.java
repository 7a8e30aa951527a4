package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.visionfashion.weights.file.TorchArchive.bytes;
import static org.visionfashion.weights.file.TorchArchive.dictionary;
import static org.visionfashion.weights.file.TorchArchive.pickle;
import static org.visionfashion.weights.file.TorchArchive.storage;
import static org.visionfashion.weights.file.TorchArchive.tensor;
import static org.visionfashion.weights.file.TorchArchive.text;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Golden;

/**
 * Damaged files are refused in one line, or read within their bounds. {@code -Dfuzz.cases=N} runs
 * more cases than usual, of each kind; a failure names the seed of its case.
 */
class TorchFuzzTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 400);
  private static final long SECOND = 1_000_000_000;
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    5,
    6,
    7,
    8,
    24,
    255,
    65_535,
    1 << 24,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    1L << 40,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String OPCODES =
      "(.NKMJX}])thqrbcsuaeQR0123oi\u0080\u0081\u0085\u0086"
          + "\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u0093\u0094\u0095\u0096";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /** Whether a file is read; what it may take is little, in memory and in time. */
  private boolean isRead(byte[] bytes, String label) throws IOException {
    Path path = Files.write(folder.resolve("file.pth"), bytes);
    long memory = threads.getCurrentThreadAllocatedBytes();
    long time = System.nanoTime();
    boolean read = isRead(path, label);
    assertThat(threads.getCurrentThreadAllocatedBytes() - memory).as(label).isLessThan(1 << 26);
    assertThat(System.nanoTime() - time).as(label).isLessThan(10 * SECOND);
    return read;
  }

  private static boolean isRead(Path path, String label) throws IOException {
    try (TorchFile file = TorchFile.open(path)) {
      for (String name : file.names()) {
        boolean floats = ElementType.valueOf(file.info(name).type()).isFloat();
        int count = floats ? file.floats(name).length : file.longs(name).length;
        assertThat((long) count).as(label).isEqualTo(file.info(name).count());
      }
      return true;
    } catch (UserError e) {
      assertThat(e.getMessage()).as(label).startsWith(path.toString()).hasSizeLessThan(1500);
      assertThat(e.getMessage().lines()).as(label).hasSize(1);
      return false;
    } catch (RuntimeException | VirtualMachineError e) {
      throw new AssertionError(label + ": " + e, e);
    }
  }

  private static byte[] golden() throws IOException {
    return Files.readAllBytes(Golden.path("nested_views.pth"));
  }

  private byte[] wide() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(written()))) {
      Map<String, byte[]> entries = new TreeMap<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
      return TorchArchive.wide(TorchArchive.zip(entries));
    }
  }

  private Path written() throws IOException {
    Path file = folder.resolve("written.pth");
    float[] values = {1, 2, 3, 4, 5, 6};
    TorchWriter.write(file, Map.of("w", TorchWriterTest.tensor(values, 2, 3)));
    return file;
  }

  @Test
  void everyTruncation() throws IOException {
    byte[] whole = golden();
    for (int length = 0; length < whole.length; length++) {
      String label = "cut to " + length;
      assertThat(isRead(Arrays.copyOf(whole, length), label)).as(label).isFalse();
    }
  }

  @Test
  void damagedArchives() throws IOException {
    byte[][] bases = {golden(), wide(), Files.readAllBytes(written())};
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = damage(bases[seed % bases.length], random);
      refused += isRead(bytes, "archive, seed " + seed) ? 0 : 1;
    }
    assertThat(refused).isBetween(CASES / 10, CASES);
  }

  @Test
  void damagedPickles() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      String value = pickle(dictionary(text("w"), floatTensor(random)));
      byte[] pickle = damage(bytes(value), random);
      byte[] file = TorchArchive.file(TorchArchive.piece(pickle), new byte[24]);
      refused += isRead(file, "pickle, seed " + seed) ? 0 : 1;
    }
    assertThat(refused).isBetween(CASES / 10, CASES);
  }

  private static String floatTensor(Random random) {
    return tensor(storage("Float", "0", 6), random.nextInt(2), new long[] {2, 2}, 3, 1);
  }

  /** A few bits, numbers or stretches are other than they were. */
  private static byte[] damage(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) OPCODES.charAt(random.nextInt(OPCODES.length()));
        case 2 -> putNumber(bytes, at, random);
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> copyStretch(bytes, at, random);
      }
    }
    return bytes;
  }

  private static void putNumber(byte[] bytes, int at, Random random) {
    byte[] number =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(NUMBERS[random.nextInt(NUMBERS.length)])
            .array();
    int length = Math.min(1 << random.nextInt(4), bytes.length - at);
    System.arraycopy(number, 0, bytes, at, length);
  }

  private static void copyStretch(byte[] bytes, int at, Random random) {
    int from = random.nextInt(bytes.length);
    int length = random.nextInt(1 + bytes.length - Math.max(from, at));
    System.arraycopy(bytes, from, bytes, at, length);
  }

  @Test
  void picklesOfRandomOpcodes() throws IOException {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      StringBuilder pickle = new StringBuilder();
      for (int i = random.nextInt(60); i >= 0; i--) {
        pickle.append(
            switch (random.nextInt(4)) {
              case 0 -> Character.toString(random.nextInt(256));
              case 1 -> text("w");
              case 2 -> floatTensor(random);
              default -> Character.toString(OPCODES.charAt(random.nextInt(OPCODES.length())));
            });
      }
      isRead(TorchArchive.file(pickle + ".", new byte[24]), "opcodes, seed " + seed);
    }
  }

  /** Views of any form: those that are read agree with an oracle that adds up the strides. */
  @Test
  void viewsOfAnyForm() throws IOException {
    float[] stored = {0, 1, 2, 3, 4, 5};
    int read = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      int rank = random.nextInt(4);
      long[] shape = random.longs(rank, 0, 4).toArray();
      long[] strides = random.longs(rank, 0, 4).toArray();
      long offset = random.nextInt(3);
      if (rank > 0 && random.nextInt(4) == 0) {
        (random.nextBoolean() ? shape : strides)[random.nextInt(rank)] =
            NUMBERS[random.nextInt(NUMBERS.length)];
      }
      String view = tensor(storage("Float", "0", 6), offset, shape, strides);
      byte[] file =
          TorchArchive.file(pickle(dictionary(text("v"), view)), TorchArchive.floats(stored));
      if (isRead(file, "view, seed " + seed)) {
        read++;
        assertAgrees(offset, shape, strides, "view, seed " + seed);
      }
    }
    assertThat(read).isGreaterThan(CASES / 10);
  }

  private void assertAgrees(long offset, long[] shape, long[] strides, String label)
      throws IOException {
    try (TorchFile file = TorchFile.open(folder.resolve("file.pth"))) {
      float[] values = file.floats("v");
      for (int i = 0; i < values.length; i++) {
        long rest = i;
        long place = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
          place += rest % shape[axis] * strides[axis];
          rest /= shape[axis];
        }
        assertThat(values[i]).as(label).isEqualTo((float) place);
      }
    }
  }
}
