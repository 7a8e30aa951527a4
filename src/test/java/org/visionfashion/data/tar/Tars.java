package org.visionfashion.data.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Archives for tests: those that other programs wrote, and a small writer. */
public final class Tars {

  /** Those of src/test/resources/tar. */
  public static final Path WRITTEN = Path.of("src/test/resources/tar");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean gnu;

  /** An archive with the long names of pax. */
  public Tars() {
    this(false);
  }

  /** An archive with the long names of GNU tar, or of pax. */
  public Tars(boolean gnu) {
    this.gnu = gnu;
  }

  /** The bytes of an archive that another program wrote. */
  public static byte[] written(String name) {
    try {
      return Files.readAllBytes(WRITTEN.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Tars add(String name, String text) {
    return add(name, utf8(text));
  }

  public Tars add(String name, byte[] content) {
    byte[] whole = utf8(name);
    if (whole.length > 100 && gnu) {
      block('L', "././@LongLink", Arrays.copyOf(whole, whole.length + 1));
    } else if (whole.length > 100) {
      block('x', "pax", record("path", name));
    }
    return block('0', name, content);
  }

  /** A record of pax, with its length in front. */
  public static byte[] record(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = utf8(rest).length;
    int digits = Integer.toString(length + Integer.toString(length).length()).length();
    return utf8((length + digits) + rest);
  }

  /** A header of a type, and data. */
  public Tars block(char type, String name, byte[] content) {
    byte[] header = new byte[512];
    byte[] cut = utf8(name);
    System.arraycopy(cut, 0, header, 0, Math.min(100, cut.length));
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(content.length));
    header[156] = (byte) type;
    put(header, 257, gnu ? "ustar  " : "ustar\00000");
    sum(header, 0);
    bytes.writeBytes(header);
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /** Writes the checksum of the header at an offset. */
  static void sum(byte[] archive, int header) {
    Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += archive[header + i] & 0xFF;
    }
    put(archive, header + 148, "%06o\0 ".formatted(sum));
  }

  private static void put(byte[] bytes, int at, String text) {
    System.arraycopy(utf8(text), 0, bytes, at, text.length());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The archive with its mark at the end. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes.toByteArray(), bytes.size() + 1024);
  }

  /** Ends the archive and writes it. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
