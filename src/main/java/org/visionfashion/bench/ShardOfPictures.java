package org.visionfashion.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;
import org.visionfashion.data.tar.TarArchive;
import org.visionfashion.data.tar.TarMember;
import org.visionfashion.data.tar.TarReader;

/** Pictures once more, in one tar archive. */
final class ShardOfPictures {

  private static final int BLOCK = 512;

  private ShardOfPictures() {}

  /** The pictures in an archive, which is written if it is not there. */
  static List<Picture> of(List<Picture> files, Path archive) throws IOException {
    if (!Files.exists(archive)) {
      write(files, archive);
    }
    TarArchive container = new TarArchive(archive);
    List<Picture> pictures = new ArrayList<>();
    try (TarReader reader = new TarReader(archive, problem -> {})) {
      for (TarMember member = reader.next(); member != null; member = reader.next()) {
        pictures.add(container.picture(member));
      }
    }
    return pictures;
  }

  private static void write(List<Picture> files, Path archive) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
      for (Picture file : files) {
        byte[] bytes = file.read(LimitsConfig.DEFAULT);
        out.write(header(file.file().getFileName().toString(), bytes.length));
        out.write(Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK));
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  /** A header of ustar: the name, a mode, the size, the type of a file, and the checksum. */
  private static byte[] header(String name, int size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(size));
    put(header, 148, " ".repeat(8));
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    put(header, 148, "%06o\0".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
