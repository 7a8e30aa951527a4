package org.visionfashion.data.tar;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Container;
import org.visionfashion.data.PackedPicture;

/**
 * A picture within a tar archive.
 *
 * @param file the archive
 * @param member its name there
 * @param offset of its first byte in the archive
 * @param size in bytes
 */
public record TarPicture(Path file, String member, long offset, long size)
    implements PackedPicture {

  public TarPicture(Path file, TarMember member) {
    this(file, member.name(), member.offset(), member.size());
  }

  @Override
  public Container container() {
    return new TarArchive(file);
  }

  @Override
  public long position() {
    return offset;
  }

  /** What is longer than an array is refused by its length too. */
  @Override
  public int length() {
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  /** Reads the header in front too: it says whether the archive is still the one indexed. */
  @Override
  public byte[] read(LimitsConfig limits) throws IOException {
    if (size > limits.imageBytes()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "cannot read image (%,d bytes; data.limits.image_bytes allows %,d): %s",
              size,
              limits.imageBytes(),
              name()));
    }
    try {
      byte[] bytes = read();
      if (!isOurs(bytes)) {
        OpenArchives.ALL.forget(file); // perhaps replaced while it was open
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
        file, offset - TarHeader.BLOCK, Math.addExact(TarHeader.BLOCK, (int) size));
  }

  /** A size of 0 stands where a record before the header says the size. */
  private boolean isOurs(byte[] bytes) {
    TarHeader header = TarHeader.parse(bytes, 0);
    return header != null && (header.size() == size || header.size() == 0);
  }
}
