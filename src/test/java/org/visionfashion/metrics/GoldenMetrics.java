package org.visionfashion.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The reference values of golden/metrics; reads just enough of safetensors for them. */
final class GoldenMetrics {

  private final JsonNode expected;
  private final JsonNode header;
  private final ByteBuffer data;

  GoldenMetrics() {
    Path folder = Path.of(System.getProperty("golden"));
    ObjectMapper mapper = new ObjectMapper();
    try {
      expected = mapper.readTree(folder.resolve("metrics.json").toFile());
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve("metrics.safetensors")))
              .order(ByteOrder.LITTLE_ENDIAN);
      int length = Math.toIntExact(file.getLong());
      header = mapper.readTree(new String(file.array(), 8, length, StandardCharsets.UTF_8));
      data = file.slice(8 + length, file.capacity() - 8 - length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value of metrics.json by its path, {@code a/b/c}. */
  JsonNode expected(String path) {
    JsonNode node = expected.at("/" + path);
    if (node.isMissingNode()) {
      throw new IllegalArgumentException("metrics.json has no " + path);
    }
    return node;
  }

  double number(String path) {
    return expected(path).doubleValue();
  }

  float[][] floats(String name) {
    ByteBuffer bytes = bytes(name, "F32");
    float[][] rows = new float[size(name, 0)][size(name, 1)];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = bytes.getFloat();
      }
    }
    return rows;
  }

  byte[][] bytes(String name) {
    ByteBuffer bytes = bytes(name, "U8");
    byte[][] rows = new byte[size(name, 0)][size(name, 1)];
    for (byte[] row : rows) {
      bytes.get(row);
    }
    return rows;
  }

  long[] longs(String name) {
    long[] values = new long[size(name, 0)];
    bytes(name, "I64").asLongBuffer().get(values);
    return values;
  }

  int[] ints(String name) {
    return Arrays.stream(longs(name)).mapToInt(Math::toIntExact).toArray();
  }

  double[] doubles(String name) {
    double[] values = new double[size(name, 0)];
    bytes(name, "F64").asDoubleBuffer().get(values);
    return values;
  }

  private int size(String name, int axis) {
    return header.get(name).get("shape").get(axis).intValue();
  }

  private ByteBuffer bytes(String name, String type) {
    JsonNode entry = header.get(name);
    if (entry == null || !entry.get("dtype").asText().equals(type)) {
      throw new IllegalArgumentException("metrics.safetensors has no " + type + " " + name);
    }
    int from = entry.get("data_offsets").get(0).intValue();
    int to = entry.get("data_offsets").get(1).intValue();
    return data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
  }
}
