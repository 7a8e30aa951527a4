package org.visionfashion.data.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a file one after the other, whether they end in LF, CR LF or CR. Of a line that is
 * too long only the beginning is kept, so that a file of a single line takes no more memory.
 */
final class LineReader implements Closeable {

  /** In place of bytes that the encoding does not have. */
  static final char UNREADABLE = '\uFFFD';

  static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader reader;
  private final int longest;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int filled;
  private int length;
  private boolean first = true;

  /**
   * Opens a file.
   *
   * @param longest characters of a line that are kept; one more of a line that is longer
   * @throws IOException where it cannot be read
   */
  LineReader(Path file, Charset charset, int longest) throws IOException {
    this.reader = new InputStreamReader(Files.newInputStream(file), charset);
    this.longest = longest;
  }

  /** The next line without its end; null = there is none. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    length = 0;
    boolean any = false;
    while (position < filled || fill()) {
      any = true;
      int end = position;
      while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      append(line, end);
      if (end < filled) {
        endLine(buffer[end]);
        return line.toString();
      }
    }
    return any ? line.toString() : null;
  }

  /** Characters of the last line, those included that were not kept. */
  int length() {
    return length;
  }

  private void append(StringBuilder line, int end) {
    int count = Math.min(end - position, longest + 1 - line.length());
    line.append(buffer, position, count);
    length = (int) Math.min(Integer.MAX_VALUE, (long) length + end - position);
    position = end;
  }

  private void endLine(char end) throws IOException {
    position++;
    if (end == '\r' && (position < filled || fill()) && buffer[position] == '\n') {
      position++;
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, reader.read(buffer));
    if (first && filled > 0 && buffer[0] == BYTE_ORDER_MARK) {
      position = 1;
    }
    first = false;
    return position < filled || (filled > 0 && fill());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
