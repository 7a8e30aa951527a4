package org.visionfashion.data.source;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** Lines as one text, up to the end of a row that is too long. */
final class LinesReader extends Reader {

  /** A parser reads ahead by as much as its buffer holds. */
  private static final int AHEAD = 1 << 14;

  private final List<String> lines;
  private final int longest;
  private int line;
  private int column;
  private int sinceRow;
  private boolean exceeded;

  /**
   * Begins at a line.
   *
   * @param first index of the line
   * @param longest characters of a row
   */
  LinesReader(List<String> lines, int first, int longest) {
    this.lines = lines;
    this.line = first;
    this.longest = longest;
  }

  /** A row has come to its end. */
  void nextRow() {
    sinceRow = 0;
  }

  /** Whether a row was too long. */
  boolean exceeded() {
    return exceeded;
  }

  /** At least so many characters had the row. */
  int length() {
    return sinceRow;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (sinceRow > longest + AHEAD) {
      exceeded = true;
      throw new IOException("a row of more than " + longest + " characters");
    }
    int read = 0;
    while (read < length && line < lines.size()) {
      String text = lines.get(line);
      int count = Math.min(length - read, text.length() - column);
      text.getChars(column, column + count, into, offset + read);
      read += count;
      column += count;
      if (column == text.length() && read < length) {
        into[offset + read++] = '\n';
        column = 0;
        line++;
      }
    }
    sinceRow += read;
    return read == 0 && length > 0 ? -1 : read;
  }

  @Override
  public void close() {}
}
