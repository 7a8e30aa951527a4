package org.visionfashion.weights.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Checkpoints made by hand, honest and otherwise. A piece of a pickle is a text here, one character
 * a byte; Python's {@code pickletools} explains them.
 */
final class TorchArchive {

  static final String ORDERED = "ccollections\nOrderedDict\n)R";

  private TorchArchive() {}

  /** A zip file of entries as they are. */
  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        CRC32 sum = new CRC32();
        sum.update(entry.getValue());
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setSize(entry.getValue().length);
        header.setCrc(sum.getValue());
        zip.putNextEntry(header);
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** The entries of a checkpoint. */
  static Map<String, byte[]> entries(String pickle, byte[]... storages) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x/data.pkl", bytes(pickle));
    for (int i = 0; i < storages.length; i++) {
      entries.put("x/data/" + i, storages[i]);
    }
    entries.put("x/version", bytes("3\n"));
    return entries;
  }

  static byte[] file(String pickle, byte[]... storages) throws IOException {
    return zip(entries(pickle, storages));
  }

  static byte[] bytes(String piece) {
    return piece.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String piece(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A whole pickle. */
  static String pickle(String value) {
    return "\u0080\u0002" + value + ".";
  }

  static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "X" + number(Integer.BYTES, bytes.length) + piece(bytes);
  }

  static String whole(long number) {
    return "\u008a\b" + number(Long.BYTES, number);
  }

  /** Little endian. */
  static String number(int bytes, long number) {
    byte[] all =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    return piece(Arrays.copyOf(all, bytes));
  }

  static String tuple(long... numbers) {
    return "("
        + Arrays.stream(numbers).mapToObj(TorchArchive::whole).collect(Collectors.joining())
        + "t";
  }

  /** Keys and values in turn. */
  static String dictionary(String... items) {
    return "}(" + String.join("", items) + "u";
  }

  static String storage(String type, String key, long elements) {
    return "("
        + text("storage")
        + "ctorch\n"
        + type
        + "Storage\n"
        + text(key)
        + text("cpu")
        + whole(elements)
        + "tQ";
  }

  static String tensor(String storage, String offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + offset
        + shape
        + strides
        + "\u0089"
        + ORDERED
        + "tR";
  }

  static String tensor(String storage, long offset, long[] shape, long... strides) {
    return tensor(storage, whole(offset), tuple(shape), tuple(strides));
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** The same archive with all sizes and places in 64 bits. */
  static byte[] wide(byte[] zip) {
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22;
    int begin = in.getInt(end + 16);
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    int at = begin;
    while (at < end) {
      directory.writeBytes(wideHeader(in, at));
      at += 46 + in.getShort(at + 28) + in.getShort(at + 30);
    }
    int length = directory.size();
    return ByteBuffer.allocate(begin + length + 56 + 20 + 22)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(zip, 0, begin)
        .put(directory.toByteArray())
        .put(bytes("PK\6\6" + number(8, 44) + "\0".repeat(28)))
        .put(bytes(number(8, length) + number(8, begin)))
        .put(bytes("PK\6\7" + number(4, 0) + number(8, begin + length) + number(4, 1)))
        .put(bytes("PK\5\6" + number(4, 0) + "\u00ff".repeat(12) + number(2, 0)))
        .array();
  }

  private static byte[] wideHeader(ByteBuffer in, int at) {
    int name = in.getShort(at + 28);
    ByteBuffer header = ByteBuffer.allocate(46 + name + 8 + 28).order(ByteOrder.LITTLE_ENDIAN);
    header.put(in.slice(at, 46 + name));
    header.put(bytes("FB" + number(2, 4) + "ZZZZ")); // a foreign field comes first
    header.put(bytes(number(2, 1) + number(2, 24)));
    header.putLong(in.getInt(at + 24)).putLong(in.getInt(at + 20)).putLong(in.getInt(at + 42));
    return header.putInt(20, -1).putInt(24, -1).putShort(30, (short) 36).putInt(42, -1).array();
  }
}
