package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

/** Reading, and files that somebody damaged or made up. */
class SafetensorsFileTest {

  @TempDir private Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file.safetensors"), bytes);
  }

  private static byte[] file(String header, int dataBytes) {
    return file(header, new byte[dataBytes]);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  private void refused(byte[] bytes, String... says) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(says)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static byte[] valid() {
    ByteBuffer data = ByteBuffer.allocate(6 * 4 + 3 * 8 + 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      data.putFloat(i + 0.5f);
    }
    for (int i = 0; i < 3; i++) {
      data.putLong(-i);
    }
    data.put((byte) 1).put((byte) 0);
    return file(
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + entry("a.weight", "F32", "[2,3]", 0, 24)
            + ","
            + entry("n", "I64", "[3]", 24, 48)
            + ","
            + entry("mask", "BOOL", "[2,1]", 48, 50)
            + "}",
        data.array());
  }

  @Test
  void aValidFile() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(write(valid()))) {
      assertThat(file.names()).containsExactly("a.weight", "n", "mask");
      assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(file.info("a.weight").shape()).containsExactly(2, 3);
      assertThat(file.floats("a.weight")).containsExactly(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
      assertThat(file.longs("n")).containsExactly(0, -1, -2);
      assertThat(file.longs("mask")).containsExactly(1, 0);
      assertThatThrownBy(() -> file.floats("n")).hasMessageContaining("n is I64, not a float type");
      assertThatThrownBy(() -> file.longs("a.weight"))
          .hasMessageContaining("a.weight is F32, not an integer type");
      assertThatThrownBy(() -> file.floats("b"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("has no tensor b");
    }
  }

  @Test
  void everyTruncation() throws IOException {
    byte[] whole = valid();
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length), " ");
    }
  }

  @Test
  void everyFlippedBitIsRefusedOrReadWithinTheFile() throws IOException {
    byte[] whole = valid();
    int refused = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try (SafetensorsFile file = SafetensorsFile.open(write(flipped))) {
        for (String name : file.names()) {
          boolean floats = file.info(name).type().contains("F");
          int read = floats ? file.floats(name).length : file.longs(name).length;
          assertThat(read).as("bit " + bit).isLessThanOrEqualTo(whole.length);
        }
      } catch (UserError e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length);
  }

  @Test
  void randomHeaders() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] json = new byte[2 + random.nextInt(40)];
      random.nextBytes(json);
      byte[] bytes = file("", json);
      bytes[0] = (byte) json.length;
      Path file = write(bytes);
      assertThatThrownBy(() -> SafetensorsFile.open(file).close())
          .as("seed " + seed)
          .isInstanceOf(UserError.class)
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 1000, 100_000_001, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void headerLengths(long length) throws IOException {
    byte[] bytes = valid();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    refused(bytes, "header of " + Long.toUnsignedString(length) + " bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2]      | 0 | 4                    | takes 8 bytes",
        "[2]      | 0 | 12                   | takes 8 bytes",
        "[2]      | 8 | 0                    | offsets are 8 to 0",
        "[2]      | 12 | 20                  | of 16",
        "[4]      | 8 | 24                   | of 16",
        "[]       | 0 | 8                    | takes 4 bytes",
        "[0]      | 20 | 20                  | of 16",
        "[2]      | -8 | 0                   | impossible size or offset -8",
        "[-2]     | 0 | 8                    | impossible size or offset -2",
        "[1.5]    | 0 | 8                    | impossible size or offset 1.5",
        "[\"2\"]  | 0 | 8                    | impossible size or offset",
        "[null]   | 0 | 8                    | impossible size or offset",
        "[99999999999999999999] | 0 | 8      | impossible size or offset",
        "[1099511627776] | 0 | 4398046511104 | takes 4,398,046,511,104 bytes",
        "[4294967296,4294967296] | 0 | 0     | impossible shape",
        "[4611686018427387904] | 0 | 0       | impossible shape",
        "2        | 0 | 8                    | lacks a shape or its offsets",
        "{}       | 0 | 8                    | lacks a shape or its offsets",
      })
  void sizesAndOffsets(String shape, long begin, long end, String says) throws IOException {
    refused(file("{" + entry("w", "F32", shape, begin, end) + "}", 16), "tensor w", says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                        | not a JSON object",
        "nonsense                                  | not JSON",
        "{\"w\":{}                                 | not JSON",
        "{} {}                                     | not JSON",
        "{\"w\":1}                                 | unknown type ''",
        "{\"w\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}} | unknown type 'F8'",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}} | lacks a shape or its offsets",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}} | lacks a shape",
      })
  void headersThatAreNone(String header, String says) throws IOException {
    refused(file(header, 16), says);
  }

  @Test
  void namesTwiceAndOverlaps() throws IOException {
    String w = entry("w", "F32", "[2]", 0, 8);
    refused(file("{" + w + "," + w + "}", 16), "Duplicate field 'w'");
    refused(file("{" + w + "," + entry("v", "F32", "[2]", 4, 12) + "}", 16), "w and v overlap");
    refused(file("{" + w + "," + entry("v", "F32", "[2]", 0, 8) + "}", 16), "overlap");
    refused(file("{" + w + "," + entry("v", "U8", "[2]", 3, 5) + "}", 16), "w and v overlap");
  }

  /** The reference reader refuses them: what lies behind a hole may be shifted. */
  @Test
  void holesBetweenTensorsAndAroundThem() throws IOException {
    String w = entry("w", "F32", "[2]", 0, 8);
    refused(file("{" + w + "," + entry("v", "F32", "[2]", 12, 20) + "}", 20), "4 bytes between w");
    refused(file("{" + entry("w", "F32", "[2]", 4, 12) + "}", 12), "4 bytes between its start");
    refused(file("{" + w + "}", 9), "1 bytes at its end");
    refused(file("{}", 3), "3 bytes at its end");
    SafetensorsFile.open(write(file("{" + w + "}", 8))).close();
  }

  @Test
  void aNameWithLineBreaksStaysOnOneLine() throws IOException {
    refused(file("{" + entry("a\\nb\\u0085\\r", "F31", "[2]", 0, 8) + "}", 8), "tensor a b");
  }

  @Test
  void nestingWithoutEnd() throws IOException {
    refused(file("{\"w\":" + "[".repeat(100_000), 0), "not JSON");
  }

  @Test
  void aFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> SafetensorsFile.open(missing).close())
        .isInstanceOf(UserError.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder).close()).isInstanceOf(UserError.class);
  }

  /** Value of a small float, bit by bit. */
  private static double slow(int bits, int exponentBits, int fractionBits) {
    double fraction = 0;
    double worth = 0.5;
    for (int i = fractionBits - 1; i >= 0; i--) {
      fraction += (bits >> i & 1) == 1 ? worth : 0;
      worth /= 2;
    }
    int largest = (1 << exponentBits) - 1;
    int exponent = bits >> fractionBits & largest;
    double value = exponent == 0 ? fraction : 1 + fraction;
    if (exponent == largest) {
      value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    int power = Math.max(exponent, 1) - largest / 2;
    for (int i = 0; i < Math.abs(power) && exponent != largest; i++) {
      value = power > 0 ? value * 2 : value / 2;
    }
    return (bits >> (exponentBits + fractionBits)) == 1 ? -value : value;
  }

  @ParameterizedTest
  @CsvSource({"F16,5,10", "BF16,8,7"})
  void all65536HalvesAgainstASlowOracle(String type, int exponentBits, int fractionBits)
      throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits = 0; bits < 1 << 16; bits++) {
      data.putShort((short) bits);
    }
    byte[] bytes = file("{" + entry("h", type, "[65536]", 0, 1 << 17) + "}", data.array());
    try (SafetensorsFile file = SafetensorsFile.open(write(bytes))) {
      float[] values = file.floats("h");
      for (int bits = 0; bits < values.length; bits++) {
        double expected = slow(bits, exponentBits, fractionBits);
        // compare() tells -0 from 0 and takes NaN for NaN.
        assertThat(Double.compare(values[bits], expected))
            .as("%s %04x: %s, not %s", type, bits, values[bits], expected)
            .isZero();
      }
    }
  }

  /** Reading into a tensor's memory is the same as reading an array, bit by bit. */
  @ParameterizedTest
  @CsvSource({"F64,8", "F32,4", "F16,2", "BF16,2"})
  void readingInPlaceAgainstArrays(String type, int width) throws IOException {
    long seed = System.nanoTime();
    int count = 37;
    byte[] data = new byte[8 + count * width];
    new Random(seed).nextBytes(data);
    byte[] bytes =
        file(
            "{%s,%s}"
                .formatted(
                    entry("other", "U8", "[8]", 0, 8),
                    entry("it", type, "[" + count + "]", 8, data.length)),
            data);
    try (SafetensorsFile file = SafetensorsFile.open(write(bytes))) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        ByteBuffer memory = ByteBuffer.allocateDirect(count * Float.BYTES).order(order);
        file.read("it", memory);
        float[] values = new float[count];
        memory.rewind().asFloatBuffer().get(values);
        assertThat(values).as("seed %d, %s", seed, order).isEqualTo(file.floats("it"));
      }
    }
  }

  @Test
  void doublesAndIntegers() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(Math.PI).putDouble(1e300).putDouble(-0.0);
    data.putInt(Integer.MIN_VALUE).putInt(7);
    data.putShort(Short.MIN_VALUE).putShort((short) 300);
    data.put((byte) -128).put((byte) 127).put((byte) 128).put((byte) 255);
    String header =
        String.join(
            ",",
            entry("f64", "F64", "[3]", 0, 24),
            entry("i32", "I32", "[2]", 24, 32),
            entry("i16", "I16", "[2]", 32, 36),
            entry("i8", "I8", "[2]", 36, 38),
            entry("u8", "U8", "[2]", 38, 40),
            entry("empty", "F32", "[0,3]", 40, 40));
    try (SafetensorsFile file =
        SafetensorsFile.open(write(file("{" + header + "}", data.array())))) {
      assertThat(file.floats("f64"))
          .containsExactly((float) Math.PI, Float.POSITIVE_INFINITY, -0.0f);
      assertThat(file.longs("i32")).containsExactly(Integer.MIN_VALUE, 7);
      assertThat(file.longs("i16")).containsExactly(-32768, 300);
      assertThat(file.longs("i8")).containsExactly(-128, 127);
      assertThat(file.longs("u8")).containsExactly(128, 255);
      assertThat(file.floats("empty")).isEmpty();
    }
  }
}
