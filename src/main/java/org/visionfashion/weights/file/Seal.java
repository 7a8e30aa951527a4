package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.visionfashion.base.UserError;

/**
 * A checksum of a whole safetensors file that stands in the file itself, in the metadata: CRC-32C
 * of all bytes, its own eight digits taken as zeros.
 */
public final class Seal {

  static final String KEY = "checksum";

  private static final String ZEROS = "00000000";
  private static final byte[] BEFORE = ("\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK = 1 << 20;

  private final CRC32C sum = new CRC32C();

  Seal() {}

  /** The metadata with room for the digits. */
  static Map<String, String> open(Map<String, String> metadata) {
    Map<String, String> open = new HashMap<>(metadata);
    open.put(KEY, ZEROS);
    return open;
  }

  void add(ByteBuffer bytes) {
    sum.update(bytes);
  }

  /** Puts the digits into their room in the first bytes of a file. */
  void close(byte[] start) {
    System.arraycopy(digits(), 0, start, place(start), ZEROS.length());
  }

  private byte[] digits() {
    return String.format("%08x", sum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Where the digits stand, -1 where there is no room for them. */
  private static int place(byte[] start) {
    for (int i = 0; i + BEFORE.length + ZEROS.length() <= start.length; i++) {
      if (start[i] == BEFORE[0] && matches(start, i)) {
        return i + BEFORE.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] start, int at) {
    for (int i = 0; i < BEFORE.length; i++) {
      if (start[at + i] != BEFORE[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens a file after reading all of it.
   *
   * @throws UserError where it is no safetensors file, has no seal, or is not as it was when it was
   *     sealed
   */
  public static SafetensorsFile check(Path path) throws IOException {
    SafetensorsFile tensors = SafetensorsFile.open(path);
    try (FileBytes file = FileBytes.open(path)) {
      check(file);
      return tensors;
    } catch (IOException | RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static void check(FileBytes file) throws IOException {
    int header = Math.toIntExact(file.read(0, Long.BYTES).getLong());
    byte[] start = file.read(0, Long.BYTES + header).array();
    int place = place(start);
    if (place < 0) {
      throw file.bad("has no checksum");
    }
    String stated = new String(start, place, ZEROS.length(), StandardCharsets.ISO_8859_1);
    System.arraycopy(ZEROS.getBytes(StandardCharsets.US_ASCII), 0, start, place, ZEROS.length());
    Seal seal = new Seal();
    seal.add(ByteBuffer.wrap(start));
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long at = start.length; at < file.size(); at += CHUNK) {
      chunk.clear().limit((int) Math.min(CHUNK, file.size() - at));
      file.fill(chunk, at);
      seal.add(chunk);
    }
    if (!stated.equals(new String(seal.digits(), StandardCharsets.US_ASCII))) {
      throw file.bad("is damaged: its checksum is not that of its bytes");
    }
  }
}
