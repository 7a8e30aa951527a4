package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;

/**
 * Damaged and invented files are refused in one line, or read within their bounds. {@code
 * -Dfuzz.cases=N} runs more cases than usual, of each kind; a failure names the seed of its case.
 */
class SafetensorsFuzzTest {

  private static final List<ElementType> KNOWN_TYPES = List.of(ElementType.values());
  private static final int CASES = Integer.getInteger("fuzz.cases", 400);
  private static final int DATA = 64;
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "4",
    "8",
    "16",
    "63",
    "64",
    "65",
    "1.5",
    "1e3",
    "null",
    "true",
    "\"8\"",
    "[]",
    "{}",
    "2147483647",
    "2147483648",
    "4294967296",
    "1152921504606846976",
    "4611686018427387904",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999999"
  };
  private static final String[] TYPES = {
    "F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL", "F8", "f32", "", "C64"
  };

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /** Whether a file is read; what it may take is little. */
  private boolean isRead(byte[] bytes, String label) throws IOException {
    Path path = Files.write(folder.resolve("file.safetensors"), bytes);
    long memory = threads.getCurrentThreadAllocatedBytes();
    boolean read = isRead(path, label);
    assertThat(threads.getCurrentThreadAllocatedBytes() - memory).as(label).isLessThan(1 << 26);
    return read;
  }

  private static boolean isRead(Path path, String label) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
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

  private static byte[] file(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  /** Up to three tensors, right or wrong in any number. */
  private static String header(Random random) {
    StringBuilder header = new StringBuilder("{");
    for (int i = random.nextInt(3); i >= 0; i--) {
      StringBuilder shape = new StringBuilder();
      for (int axis = random.nextInt(4); axis > 0; axis--) {
        shape.append(number(random)).append(axis > 1 ? "," : "");
      }
      header.append(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s,%s]}%s"
              .formatted(
                  "t" + random.nextInt(9),
                  pick(TYPES, random),
                  shape,
                  number(random),
                  number(random),
                  i > 0 ? "," : "}"));
    }
    return header.toString();
  }

  private static String number(Random random) {
    return random.nextInt(3) > 0 ? "" + random.nextInt(17) : pick(NUMBERS, random);
  }

  @Test
  void inventedHeaders() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      refused += isRead(file(header(new Random(seed)), DATA), "header, seed " + seed) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(CASES / 2);
  }

  /** Tensors that fit: each begins where the last one ends. */
  @Test
  void headersThatAreRightAreRead() throws IOException {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      StringBuilder header = new StringBuilder("{");
      int at = 0;
      for (int i = 0; i < 3; i++) {
        ElementType type = KNOWN_TYPES.get(random.nextInt(KNOWN_TYPES.size()));
        int count = random.nextInt(3);
        int end = at + count * type.bytes();
        header.append(
            "%s\"t%d\":{\"dtype\":\"%s\",\"shape\":[1,%d],\"data_offsets\":[%d,%d]}"
                .formatted(i > 0 ? "," : "", i, type, count, at, end));
        at = end;
      }
      assertThat(isRead(file(header + "}", at), "seed " + seed)).as("seed " + seed).isTrue();
    }
  }

  @Test
  void damagedFiles() throws IOException {
    byte[] whole =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                + "\"b\":{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[32,56]},"
                + "\"c\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[56,64]}}",
            DATA);
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = whole.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 8));
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> bytes[at] = (byte) random.nextInt(256);
          default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        }
      }
      refused += isRead(bytes, "damage, seed " + seed) ? 0 : 1;
    }
    assertThat(refused).isBetween(CASES / 2, CASES);
  }
}
