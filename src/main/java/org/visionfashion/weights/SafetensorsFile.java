package org.visionfashion.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a safetensors file: 8 bytes header length, a JSON header, the tensors' bytes (little
 * endian). The header is checked whole on opening; tensors are read one at a time.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile implements Tensors {

  private static final long MAX_HEADER = 100_000_000;
  private static final Map<String, Integer> BYTES =
      Map.of(
          "F64", 8, "I64", 8, "F32", 4, "I32", 4, "F16", 2, "BF16", 2, "I16", 2, "I8", 1, "U8", 1,
          "BOOL", 1);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    long size = channel.size();
    if (size < 8) {
      throw bad("is too short to be a safetensors file");
    }
    long header = read(0, 8).getLong();
    if (header < 2 || header > Math.min(size - 8, MAX_HEADER)) {
      throw bad("states a header of " + Long.toUnsignedString(header) + " bytes");
    }
    dataStart = 8 + header;
    byte[] json = new byte[Math.toIntExact(header)];
    read(8, json.length).get(json);
    readHeader(json, size - dataStart);
  }

  /**
   * Opens a file.
   *
   * @throws WeightsException where the header does not describe the file
   */
  public static SafetensorsFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException(path + ": no such file");
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new SafetensorsFile(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readHeader(byte[] json, long dataSize) {
    JsonNode header;
    try {
      header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw bad("has a header that is not JSON: " + e.getOriginalMessage());
    }
    if (!header.isObject()) {
      throw bad("has a header that is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        entry.getValue().properties().forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), dataSize));
      }
    }
    checkOverlaps();
  }

  private TensorInfo tensor(String name, JsonNode node, long dataSize) {
    String type = node.path("dtype").asText();
    JsonNode offsets = node.path("data_offsets");
    if (!BYTES.containsKey(type)) {
      throw bad("tensor " + name + " has unknown type '" + type + "'");
    }
    if (!node.path("shape").isArray() || offsets.size() != 2) {
      throw bad("tensor " + name + " lacks a shape or its offsets");
    }
    long[] shape = new long[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = whole(name, node.path("shape").get(i));
    }
    TensorInfo info =
        new TensorInfo(name, type, shape, whole(name, offsets.get(0)), whole(name, offsets.get(1)));
    long expected;
    try {
      expected = Math.multiplyExact(info.count(), BYTES.get(type));
    } catch (ArithmeticException e) {
      throw bad("tensor " + name + " has the impossible shape " + info.shapeText());
    }
    if (info.end() > dataSize || info.end() - info.begin() != expected) {
      throw bad(
          String.format(
              "tensor %s: %s %s takes %,d bytes, its offsets are %,d to %,d of %,d",
              name, type, info.shapeText(), expected, info.begin(), info.end(), dataSize));
    }
    return info;
  }

  private long whole(String name, JsonNode number) {
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
      throw bad("tensor " + name + " has the impossible size or offset " + number);
    }
    return number.asLong();
  }

  private void checkOverlaps() {
    List<TensorInfo> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).begin() < sorted.get(i - 1).end()) {
        throw bad(
            "tensors " + sorted.get(i - 1).name() + " and " + sorted.get(i).name() + " overlap");
      }
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  @Override
  public TensorInfo info(String name) {
    TensorInfo info = tensors.get(name);
    if (info == null) {
      throw bad("has no tensor " + name);
    }
    return info;
  }

  @Override
  public float[] floats(String name) throws IOException {
    TensorInfo info = info(name);
    ByteBuffer bytes = bytes(info);
    float[] values = new float[Math.toIntExact(info.count())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (info.type()) {
            case "F32" -> bytes.getFloat();
            case "F64" -> (float) bytes.getDouble();
            case "F16" -> Half.toFloat(bytes.getShort());
            case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
            default -> throw bad("tensor " + name + " is " + info.type() + ", not a float type");
          };
    }
    return values;
  }

  /** A tensor of any integer type as longs, row by row. */
  public long[] longs(String name) throws IOException {
    TensorInfo info = info(name);
    ByteBuffer bytes = bytes(info);
    long[] values = new long[Math.toIntExact(info.count())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (info.type()) {
            case "I64" -> bytes.getLong();
            case "I32" -> bytes.getInt();
            case "I16" -> bytes.getShort();
            case "I8" -> bytes.get();
            case "U8", "BOOL" -> bytes.get() & 0xFF;
            default -> throw bad("tensor " + name + " is " + info.type() + ", not an integer type");
          };
    }
    return values;
  }

  private ByteBuffer bytes(TensorInfo info) throws IOException {
    long length = info.end() - info.begin();
    if (length > Integer.MAX_VALUE - 8) {
      throw bad("tensor " + info.name() + " is larger than 2 GiB");
    }
    return read(dataStart + info.begin(), (int) length);
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw bad("ends too early");
      }
    }
    return buffer.flip();
  }

  private WeightsException bad(String what) {
    return new WeightsException(path + " " + what);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
