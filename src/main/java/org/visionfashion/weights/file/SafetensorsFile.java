package org.visionfashion.weights.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.visionfashion.base.UserError;

/**
 * Reads a safetensors file: 8 bytes header length, a JSON header, the tensors' bytes (little
 * endian). The header is checked whole on opening; tensors are read one at a time.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile implements Tensors {

  private static final long MAX_HEADER = 100_000_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final FileBytes file;
  private final long dataStart;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(FileBytes file) throws IOException {
    this.file = file;
    long size = file.size();
    if (size < 8) {
      throw bad("is too short to be a safetensors file");
    }
    long header = file.read(0, 8).getLong();
    if (header < 2 || header > Math.min(size - 8, MAX_HEADER)) {
      throw bad(
          String.format(
              "states a header of %s bytes but has only %,d in all: it is damaged, download it"
                  + " again",
              Long.toUnsignedString(header), size));
    }
    dataStart = 8 + header;
    byte[] json = new byte[Math.toIntExact(header)];
    file.read(8, json.length).get(json);
    readHeader(json, size - dataStart);
  }

  /**
   * Opens a file.
   *
   * @throws UserError where the header does not describe the file
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileBytes file = FileBytes.open(path);
    try {
      return new SafetensorsFile(file);
    } catch (IOException | RuntimeException e) {
      file.close();
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
    checkFilled(dataSize);
  }

  private TensorInfo tensor(String name, JsonNode node, long dataSize) {
    String type = node.path("dtype").asText();
    JsonNode offsets = node.path("data_offsets");
    int width =
        ElementType.of(type)
            .orElseThrow(() -> bad("tensor " + name + " has unknown type '" + type + "'"))
            .bytes();
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
      expected = Math.multiplyExact(info.count(), width);
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

  /** Tensors lie one behind the other and fill the data, as the reference reader demands. */
  private void checkFilled(long dataSize) {
    List<TensorInfo> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long filled = 0;
    String before = "its start";
    for (TensorInfo tensor : sorted) {
      if (tensor.begin() < filled) {
        throw bad("is damaged: tensors " + before + " and " + tensor.name() + " overlap");
      }
      if (tensor.begin() > filled) {
        throw gap(filled, tensor.begin(), "between " + before + " and tensor " + tensor.name());
      }
      filled = tensor.end();
      before = tensor.name();
    }
    if (filled < dataSize) {
      throw gap(filled, dataSize, "at its end");
    }
  }

  private UserError gap(long from, long to, String where) {
    return bad(
        "is damaged, download it again: %,d bytes %s belong to no tensor"
            .formatted(to - from, where));
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
    ElementType type = floatType(info);
    ByteBuffer bytes = bytes(info);
    float[] values = new float[Math.toIntExact(info.count())];
    if (type == ElementType.F32) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = type.floatAt(bytes, i * type.bytes());
    }
    return values;
  }

  /** Reads straight into {@code into} where the file holds what is wanted there. */
  @Override
  public void read(String name, ByteBuffer into) throws IOException {
    TensorInfo info = info(name);
    if (floatType(info) == ElementType.F32 && into.order() == ByteOrder.LITTLE_ENDIAN) {
      file.fill(into, dataStart + info.begin());
    } else {
      Tensors.super.read(name, into);
    }
  }

  private ElementType floatType(TensorInfo info) {
    ElementType type = ElementType.valueOf(info.type());
    if (!type.isFloat()) {
      throw bad("tensor " + info.name() + " is " + type + ", not a float type");
    }
    return type;
  }

  /** A tensor of any integer type as longs, row by row. */
  public long[] longs(String name) throws IOException {
    TensorInfo info = info(name);
    ElementType type = ElementType.valueOf(info.type());
    if (type.isFloat()) {
      throw bad("tensor " + name + " is " + type + ", not an integer type");
    }
    ByteBuffer bytes = bytes(info);
    long[] values = new long[Math.toIntExact(info.count())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.longAt(bytes, i * type.bytes());
    }
    return values;
  }

  private ByteBuffer bytes(TensorInfo info) throws IOException {
    long length = info.end() - info.begin();
    if (length > Integer.MAX_VALUE - 8) {
      throw bad("tensor " + info.name() + " is larger than 2 GiB");
    }
    return file.read(dataStart + info.begin(), (int) length);
  }

  private UserError bad(String what) {
    return file.bad(what);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
