package org.visionfashion.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes float tensors as a safetensors file, one after another in the order of their names: no
 * more than one tensor stands in memory, offsets are long, the data start at a multiple of 8.
 */
public final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 16;
  private static final JsonMapper JSON = new JsonMapper();

  private SafetensorsWriter() {}

  /** A tensor whose values are fetched when its turn comes. */
  public interface Tensor {

    long[] shape();

    /** Values in row-major order. */
    float[] values();
  }

  /** Writes {@code tensors} as F32, with {@code metadata} in the header. */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    write(file, tensors, metadata, false);
  }

  /**
   * Writes {@code tensors}, with {@code metadata} in the header.
   *
   * @param half F16 instead of F32
   */
  public static void write(
      Path file, Map<String, Tensor> tensors, Map<String, String> metadata, boolean half)
      throws IOException {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] header = header(sorted, metadata, half);
      ByteBuffer start =
          littleEndian(Long.BYTES + header.length).putLong(header.length).put(header);
      writeAll(out, start.flip());
      for (Tensor tensor : sorted.values()) {
        write(out, tensor.values(), half);
      }
      out.force(true);
    }
  }

  /** The JSON header, padded with blanks. */
  static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata, boolean half) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode strings = header.putObject("__metadata__");
    new TreeMap<>(metadata).forEach(strings::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long[] shape = entry.getValue().shape();
      long end = offset + width(half) * TensorInfo.count(shape);
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", half ? "F16" : "F32");
      node.set("shape", JSON.valueToTree(shape));
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] aligned = Arrays.copyOf(json, padded);
    Arrays.fill(aligned, json.length, padded, (byte) ' ');
    return aligned;
  }

  private static long width(boolean half) {
    return half ? Short.BYTES : Float.BYTES;
  }

  private static void write(FileChannel out, float[] values, boolean half) throws IOException {
    ByteBuffer buffer = littleEndian(CHUNK * Float.BYTES);
    for (int i = 0; i < values.length; i += CHUNK) {
      int end = Math.min(i + CHUNK, values.length);
      buffer.clear();
      if (half) {
        for (int j = i; j < end; j++) {
          buffer.putShort(Half.of(values[j]));
        }
        buffer.flip();
      } else {
        buffer.asFloatBuffer().put(values, i, end - i);
        buffer.limit((end - i) * Float.BYTES);
      }
      writeAll(out, buffer);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
