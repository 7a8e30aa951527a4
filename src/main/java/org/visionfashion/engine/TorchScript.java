package org.visionfashion.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Turns the text of a TorchScript class without state into the archive that libtorch loads: a zip
 * of stored entries, as {@code torch.jit.save} writes them (format version 3).
 */
final class TorchScript {

  private TorchScript() {}

  /** The archive of {@code class name(Module)}, whose source is {@code text}. */
  static byte[] archive(String name, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "data.pkl", instance(name));
      store(zip, "code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The pickle of an object of class {@code __torch__.name} whose only state is {@code training =
   * True}.
   */
  private static byte[] instance(String name) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2, 'c'});
    pickle.write(("__torch__\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.write("training".getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("archive/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
