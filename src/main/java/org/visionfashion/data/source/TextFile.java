package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.visionfashion.data.DataException;
import org.visionfashion.data.Problem;

/**
 * The text of a file.
 *
 * @param lines without line ends; bytes that are not UTF-8 show as U+FFFD
 * @param byteOrderMark whether a byte order mark stood in front; it is taken off
 * @param carriageReturns whether lines end in CR LF
 */
record TextFile(List<String> lines, boolean byteOrderMark, boolean carriageReturns) {

  static final char NOT_UTF8 = '\uFFFD';

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static TextFile read(Path file) {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
    boolean marked = text.startsWith(BYTE_ORDER_MARK);
    String body = marked ? text.substring(BYTE_ORDER_MARK.length()) : text;
    return new TextFile(body.lines().toList(), marked, body.contains("\r\n"));
  }

  /** Notes on the encoding of a file that should be plain ASCII with LF. */
  void noteEncoding(Path file, List<Problem> problems) {
    if (byteOrderMark) {
      problems.add(byteOrderMarkIn(file));
    }
    if (carriageReturns) {
      problems.add(
          new Problem(file, 1, Problem.Kind.ENCODING, "lines end in CR LF; read as if in LF"));
    }
  }

  static Problem byteOrderMarkIn(Path file) {
    return new Problem(
        file, 1, Problem.Kind.ENCODING, "starts with a byte order mark; read without it");
  }
}
