package org.visionfashion.data.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a file is by its first bytes, whatever its name says. */
enum FileKind {
  JPEG,
  PNG,
  GIF,
  BMP,
  TIFF;

  /** The kinds that are pictures here, for messages. */
  private static final String READ = "a JPEG, PNG, GIF, BMP or TIFF file";

  private static final int LOOKED_AT = 512;

  /**
   * Kinds that are often met under the name of a picture; first the bytes, then what they are. WebP
   * is among them for want of a reader: that of TwelveMonkeys 3.12 worked 84 seconds on a damaged
   * file of one kilobyte, and filled 256 MB from another.
   */
  private static final List<List<String>> FOREIGN =
      List.of(
          List.of("RIFF....WEBP", "a WebP file"),
          List.of("....ftypavif", "an AVIF file"),
          List.of("....ftyp", "a HEIF file or a video"),
          List.of("%PDF", "a PDF file"),
          List.of("PK\3\4", "a ZIP archive"),
          List.of("\u001F\u008B", "a gzip file"),
          List.of("8BPS", "a Photoshop file"));

  /**
   * The kind of a picture.
   *
   * @throws IOException where the file is none that is read here; says what it is instead
   */
  static FileKind of(byte[] file) throws IOException {
    if (starts(file, "\u00FF\u00D8")) {
      return JPEG;
    } else if (starts(file, "\u0089PNG\r\n\u001A\n")) {
      return PNG;
    } else if (starts(file, "GIF8")) {
      return GIF;
    } else if (starts(file, "BM")) {
      return BMP;
    } else if (starts(file, "II*\0") || starts(file, "MM\0*")) {
      return TIFF;
    }
    throw new IOException(foreign(file) + "not " + READ);
  }

  private static String foreign(byte[] file) {
    for (List<String> each : FOREIGN) {
      if (starts(file, each.get(0))) {
        return each.get(1) + ", ";
      }
    }
    byte[] head = Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
    String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "an HTML page, ";
    }
    return text.contains("<svg") ? "an SVG drawing, " : "";
  }

  /** A dot stands for any byte. */
  private static boolean starts(byte[] file, String start) {
    if (file.length < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (start.charAt(i) != '.' && start.charAt(i) != (file[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
