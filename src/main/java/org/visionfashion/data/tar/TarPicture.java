package org.visionfashion.data.tar;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.PackedPicture;

/**
 * A picture within a tar archive.
 *
 * @param container the archive
 * @param member its name there
 * @param position offset of its first byte in the archive
 * @param length in bytes
 */
record TarPicture(TarArchive container, String member, long position, int length)
    implements PackedPicture {

  /** Reads the header in front too: it says whether the archive is still the one indexed. */
  @Override
  public byte[] read(LimitsConfig limits) throws IOException {
    if (length > limits.imageBytes()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "cannot read image (%,d bytes; data.limits.image_bytes allows %,d): %s",
              length,
              limits.imageBytes(),
              name()));
    }
    try {
      byte[] bytes = read();
      if (!isOurs(bytes)) {
        OpenArchives.ALL.forget(file()); // perhaps replaced while it was open
        bytes = read();
      }
      if (!isOurs(bytes)) {
        throw new IOException("the archive has changed since it was indexed");
      }
      return Arrays.copyOfRange(bytes, TarHeader.BLOCK, bytes.length);
    } catch (NoSuchFileException e) {
      throw new IOException("no such archive: " + name(), e);
    } catch (IOException e) {
      throw new IOException("cannot read image (%s): %s".formatted(e.getMessage(), name()), e);
    }
  }

  private byte[] read() throws IOException {
    return OpenArchives.ALL.read(
        file(), position - TarHeader.BLOCK, Math.addExact(TarHeader.BLOCK, length));
  }

  /** A size of 0 stands where a record before the header says the size. */
  private boolean isOurs(byte[] bytes) {
    TarHeader header = TarHeader.parse(bytes, 0);
    return header != null && (header.size() == length || header.size() == 0);
  }
}
