package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written comes back, and is laid out as the format wants it. */
class SafetensorsWriterTest {

  @TempDir private Path folder;

  private record Floats(long[] shape, float[] values) implements SafetensorsWriter.Tensor {}

  private static Floats random(Random random, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return new Floats(shape, values);
  }

  @Test
  void comesBackBitByBit() throws IOException {
    Random random = new Random(7);
    Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", random(random));
    tensors.put("a.weight", random(random, 3, 5));
    tensors.put("longer than a chunk", random(random, 2, 70_001));
    tensors.put("exactly a chunk", random(random, 1 << 16));
    tensors.put("empty", random(random, 0, 4));
    tensors.put("Ünicode \"quoted\"", random(random, 1, 1, 1, 2));
    float[] special = {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    tensors.put("special", new Floats(new long[] {4}, special));
    Path path = folder.resolve("file");
    SafetensorsWriter.write(path, tensors, Map.of("b", "2", "a", "1\n\""));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.metadata()).isEqualTo(Map.of("b", "2", "a", "1\n\""));
      assertThat(List.copyOf(file.names()))
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(tensors.keySet());
      for (String name : tensors.keySet()) {
        assertThat(file.info(name).shape()).isEqualTo(tensors.get(name).shape());
        assertThat(bits(file.floats(name))).isEqualTo(bits(tensors.get(name).values()));
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @Test
  void everyByteOfASmallFile() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, new byte[1000]); // a longer file is cut, not written over
    SafetensorsWriter.write(
        path, Map.of("w", new Floats(new long[] {2}, new float[] {1, -2})), Map.of("format", "pt"));
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] expected =
        ByteBuffer.allocate(8 + padded.length() + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded.length())
            .put(padded.getBytes(StandardCharsets.UTF_8))
            .putInt(0x3F800000)
            .putInt(0xC0000000)
            .array();
    assertThat(Files.readAllBytes(path)).isEqualTo(expected);
  }

  @Test
  void theDataStartAtAMultipleOf8WhateverTheNames() {
    for (int length = 1; length <= 16; length++) {
      byte[] header =
          SafetensorsWriter.header(Map.of("n".repeat(length), new long[] {1}), Map.of(), 4);
      assertThat(header.length % 8).as("name of " + length).isZero();
    }
  }

  @Test
  void offsetsBeyond4GiB() throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("a", new long[] {1 << 15, 1 << 15});
    shapes.put("b", new long[] {1 << 30});
    shapes.put("c", new long[0]);
    JsonNode header = new JsonMapper().readTree(SafetensorsWriter.header(shapes, Map.of(), 4));
    assertThat(offsets(header, "a")).containsExactly(0L, 1L << 32);
    assertThat(offsets(header, "b")).containsExactly(1L << 32, 1L << 33);
    assertThat(offsets(header, "c")).containsExactly(1L << 33, (1L << 33) + 4);
  }

  private static List<Long> offsets(JsonNode header, String name) {
    List<Long> offsets = new ArrayList<>();
    header.path(name).path("data_offsets").forEach(offset -> offsets.add(offset.asLong()));
    return offsets;
  }
}
