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
  WEBP,
  GIF,
  BMP,
  TIFF;

  /** The kinds that are pictures here, for messages. */
  private static final String READ = "a JPEG, PNG, WebP, GIF, BMP or TIFF file";

  private static final String CONVERT = "; convert it to JPEG, PNG or WebP";

  private static final int LOOKED_AT = 512;

  /**
   * What is often met under the name of a picture.
   *
   * @param start of the file; a dot stands for any byte
   * @param name of the kind
   * @param remedy what to do about it, may be empty
   */
  private record Foreign(String start, String name, String remedy) {}

  private static final Foreign UNKNOWN = new Foreign("", "", "");

  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign("....ftypavi", "an AVIF file", CONVERT),
          new Foreign("....ftyphei", "a HEIC file", CONVERT),
          new Foreign("....ftyphev", "a HEIC file", CONVERT),
          new Foreign("....ftypmif1", "a HEIC or AVIF file", CONVERT),
          new Foreign("....ftypmsf1", "a HEIC or AVIF file", CONVERT),
          new Foreign("....ftypcrx", "a camera's raw file", CONVERT),
          new Foreign("....ftyp", "a video", ""),
          new Foreign("\0\0\0\fjP  \r\n\u0087\n", "a JPEG 2000 file", CONVERT),
          new Foreign("\u00FFO\u00FFQ", "a JPEG 2000 file", CONVERT),
          new Foreign("\0\0\0\fJXL \r\n\u0087\n", "a JPEG XL file", CONVERT),
          new Foreign("\u00FF\n", "a JPEG XL file", CONVERT),
          new Foreign("8BPS", "a Photoshop file", CONVERT),
          new Foreign("II+\0", "a BigTIFF file", CONVERT),
          new Foreign("MM\0+", "a BigTIFF file", CONVERT),
          new Foreign("\0\0\1\0", "an icon", CONVERT),
          new Foreign("\u00D7\u00CD\u00C6\u009A", "a Windows metafile", CONVERT),
          new Foreign("%PDF", "a PDF file", ""),
          new Foreign("%!PS", "a PostScript file", ""),
          new Foreign("PK\3\4", "a ZIP archive", "; unpack it"),
          new Foreign("\u001F\u008B", "a gzip file", "; unpack it"),
          new Foreign("version https://git-lfs", "a pointer of Git LFS", "; run git lfs pull"));

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
    } else if (starts(file, "RIFF....WEBP")) {
      return WEBP;
    } else if (starts(file, "GIF8")) {
      return GIF;
    } else if (starts(file, "BM")) {
      return BMP;
    } else if (starts(file, "II*\0") || starts(file, "MM\0*")) {
      return TIFF;
    }
    Foreign foreign = foreign(file);
    String name = foreign.name().isEmpty() ? "" : foreign.name() + ", ";
    throw new IOException(name + "not " + READ + foreign.remedy());
  }

  private static Foreign foreign(byte[] file) {
    for (Foreign each : FOREIGN) {
      if (starts(file, each.start())) {
        return each;
      }
    }
    byte[] head = Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
    String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return new Foreign("", "an HTML page", "");
    }
    return text.contains("<svg") ? new Foreign("", "an SVG drawing", CONVERT) : UNKNOWN;
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
