package org.visionfashion.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that is no text, told by its first bytes.
 *
 * @param name what it is, to follow "is"
 * @param remedy what to do, to follow a semicolon
 */
public record ForeignFile(String name, String remedy) {

  private static final int START = 1 << 12;
  private static final int TAR = 257;

  private static final String EXPORT = "save it as CSV in UTF-8";
  private static final String UNPACK = "unpack it and name what is in it";
  private static final String PICTURE = "name the table, or the folder of the pictures";
  private static final String AGAIN = "download the file itself";

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("\u00D0\u00CF\u0011\u00E0", "an old Excel or Office file", EXPORT),
          new Signature("\u001F\u008B", "a gzip file", "gunzip it"),
          new Signature("BZh", "a bzip2 file", "bunzip2 it"),
          new Signature("\u00FD7zXZ", "an xz file", "unxz it"),
          new Signature("(\u00B5/\u00FD", "a zstd file", "unzstd it"),
          new Signature("7z\u00BC\u00AF", "a 7z archive", UNPACK),
          new Signature("Rar!", "a rar archive", UNPACK),
          new Signature("PAR1", "a Parquet file", "set data.source: parquet"),
          new Signature("ARROW1", "an Arrow file", "write it as Parquet"),
          new Signature("FEA1", "a Feather file", "write it as Parquet"),
          new Signature("Obj\u0001", "an Avro file", "write it as Parquet"),
          new Signature("ORC", "an ORC file", "write it as Parquet"),
          new Signature("SQLite format 3", "a SQLite database", "export the table as CSV"),
          new Signature("\u0089HDF", "an HDF5 file", "write the table as CSV or Parquet"),
          new Signature("\u0093NUMPY", "a NumPy array", "write the table as CSV or Parquet"),
          new Signature("\u0080\u0002", "a Python pickle, which is not opened", EXPORT),
          new Signature("\u0080\u0003", "a Python pickle, which is not opened", EXPORT),
          new Signature("\u0080\u0004", "a Python pickle, which is not opened", EXPORT),
          new Signature("\u0080\u0005", "a Python pickle, which is not opened", EXPORT),
          new Signature("%PDF", "a PDF", "name the table it was made from"),
          new Signature("\u00FF\u00D8\u00FF", "a JPEG picture", PICTURE),
          new Signature("\u0089PNG", "a PNG picture", PICTURE),
          new Signature("GIF8", "a GIF picture", PICTURE),
          new Signature("RIFF", "a WebP picture or another RIFF file", PICTURE),
          new Signature("version https://git-lfs", "a Git LFS pointer", "fetch it: git lfs pull"));

  private static final List<String> MARKS =
      List.of("\u00FF\u00FE", "\u00FE\u00FF", "\u0000\u0000\u00FE\u00FF");

  private static final List<String> WEB_PAGE = List.of("<!doctype", "<html", "<?xml");

  /**
   * Looks at a file.
   *
   * @return empty where it may be text
   */
  public static Optional<ForeignFile> of(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(START);
    }
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return Optional.of(zip(file));
    }
    for (Signature signature : SIGNATURES) {
      if (start.startsWith(signature.start())) {
        return Optional.of(new ForeignFile(signature.name(), signature.remedy()));
      }
    }
    if (start.startsWith("ustar", TAR)) {
      return Optional.of(new ForeignFile("a tar archive", "set data.source: webdataset"));
    }
    String text = start.stripLeading().toLowerCase(Locale.ROOT);
    if (WEB_PAGE.stream().anyMatch(text::startsWith)) {
      return Optional.of(new ForeignFile("a web page or XML, not the data", AGAIN));
    }
    return isBinary(start)
        ? Optional.of(new ForeignFile("a binary file of an unknown kind", "name a table"))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "this is " + name + "; " + remedy;
  }

  /** A spreadsheet is a zip archive too. */
  private static ForeignFile zip(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (has(file, "xl/workbook.xml") || name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
      return new ForeignFile("an Excel workbook (xlsx)", "in Excel, " + EXPORT);
    }
    if (has(file, "content.xml") || name.endsWith(".ods")) {
      return new ForeignFile("an OpenDocument file (ods)", EXPORT);
    }
    if (has(file, "Index/Document.iwa") || name.endsWith(".numbers")) {
      return new ForeignFile("a Numbers document", EXPORT);
    }
    return name.endsWith(".npz")
        ? new ForeignFile("a NumPy archive (npz)", "write the table as CSV or Parquet")
        : new ForeignFile("a zip archive", UNPACK);
  }

  private static boolean has(Path file, String entry) {
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
      return zip.getEntry(entry) != null;
    } catch (IOException | IllegalArgumentException e) {
      return false; // a damaged archive is told by its name
    }
  }

  /** Text of two or four bytes a letter has a mark or its zeros in order. */
  private static boolean isBinary(String start) {
    boolean marked = MARKS.stream().anyMatch(start::startsWith);
    long zeros = start.chars().filter(each -> each == 0).count();
    long controls =
        start
            .chars()
            .filter(each -> each < ' ' && each > 0 && "\t\n\r\f\u001A".indexOf(each) < 0)
            .count();
    boolean wide = zeros > start.length() / 4 && zeros <= start.length() / 2 + 1;
    return !marked && ((zeros > 3 && !wide) || controls > start.length() / 10);
  }

  /** First bytes, as Latin-1, and what they mean. */
  private record Signature(String start, String name, String remedy) {}
}
