package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
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

  static TextFile read(Path file, LimitsConfig limits) {
    String text = new String(bytes(file, limits), StandardCharsets.UTF_8);
    boolean marked = text.startsWith(BYTE_ORDER_MARK);
    String body = marked ? text.substring(BYTE_ORDER_MARK.length()) : text;
    return new TextFile(body.lines().toList(), marked, body.contains("\r\n"));
  }

  static byte[] bytes(Path file, LimitsConfig limits) {
    try {
      return BoundedFile.read(file, limits.textBytes(), "data.limits.text_bytes");
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static Problem tooLong(Path file, int line, int length, LimitsConfig limits) {
    String message = "%d characters; data.limits.line allows %d".formatted(length, limits.line());
    return new Problem(file, line, Problem.Kind.BAD_LINE, message);
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
