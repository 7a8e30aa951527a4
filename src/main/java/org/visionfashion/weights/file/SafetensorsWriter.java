package org.visionfashion.weights.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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

  /**
   * A tensor whose values lie ready.
   *
   * @param bytes as the file has them: F32, little endian, row by row
   */
  public record Ready(long[] shape, ByteBuffer bytes) {}

  /**
   * Writes tensors with a {@link Seal}: no byte of the file can change unnoticed.
   *
   * @param metadata without the seal
   */
  public static void writeSealed(
      Path file, Map<String, Ready> tensors, Map<String, String> metadata) throws IOException {
    Map<String, Ready> sorted = new TreeMap<>(tensors);
    Map<String, long[]> shapes = new TreeMap<>();
    sorted.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    byte[] header = header(shapes, Seal.open(metadata), Float.BYTES);
    byte[] start = new byte[Long.BYTES + header.length];
    start(header).get(start);
    Seal seal = new Seal();
    seal.add(ByteBuffer.wrap(start));
    sorted.values().forEach(tensor -> seal.add(tensor.bytes().duplicate()));
    seal.close(start);
    try (FileChannel out = create(file)) {
      writeAll(out, ByteBuffer.wrap(start));
      for (Ready tensor : sorted.values()) {
        writeAll(out, tensor.bytes().duplicate());
      }
      out.force(true);
    }
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
    Map<String, long[]> shapes = new TreeMap<>();
    sorted.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    try (FileChannel out = create(file)) {
      writeAll(out, start(header(shapes, metadata, half ? Short.BYTES : Float.BYTES)));
      for (Tensor tensor : sorted.values()) {
        write(out, tensor.values(), half);
      }
      out.force(true);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** What stands before the tensors: the header's length and the header. */
  private static ByteBuffer start(byte[] header) {
    return littleEndian(Long.BYTES + header.length).putLong(header.length).put(header).flip();
  }

  /** The JSON header, padded with blanks; {@code width} bytes a value. */
  static byte[] header(Map<String, long[]> shapes, Map<String, String> metadata, int width) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode strings = header.putObject("__metadata__");
    new TreeMap<>(metadata).forEach(strings::put);
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long[] shape = entry.getValue();
      long end = offset + width * TensorInfo.count(shape);
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", width == Short.BYTES ? "F16" : "F32");
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

  /**
   * Writes values as F32, little endian.
   *
   * @param half F16 instead
   */
  public static void write(WritableByteChannel out, float[] values, boolean half)
      throws IOException {
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

  private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
