package org.visionfashion.data.table;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines as one text for a parser, who may come back to any line from the beginning of the row that
 * is being parsed. The text ends before a line that is too long, and in a row that is.
 */
final class LinesReader extends Reader {

  /** A parser reads ahead by as much as its buffer holds. */
  private static final int AHEAD = 1 << 14;

  private final LineReader file;
  private final int longest;

  /** Lines from the beginning of the row up to the last that was read. */
  private final List<String> kept = new ArrayList<>();

  private int firstKept;
  private int row;
  private int line;
  private int column;
  private int sinceRow;
  private boolean ended;
  private boolean exceeded;
  private boolean failed;

  LinesReader(LineReader file, int longest) {
    this.file = file;
    this.longest = longest;
  }

  /** A row begins in a line, counted from 0; what stands before is not needed again. */
  void beginRow(int first) {
    row = first;
    sinceRow = 0;
  }

  /** The text goes on from the beginning of a line in or behind the row. */
  void resume(int first) throws IOException {
    exceeded = false;
    line = first;
    column = 0;
    beginRow(first);
    hasLine(first);
  }

  /** Whether a row was too long. */
  boolean exceeded() {
    return exceeded;
  }

  /** So many characters had the row that was too long, or more. */
  int length() {
    return sinceRow;
  }

  /** Whether there is a line. */
  boolean hasLine(int number) throws IOException {
    int drop = Math.min(row - firstKept, kept.size());
    if (drop > 0) {
      kept.subList(0, drop).clear();
      firstKept += drop;
    }
    while (!ended && number >= firstKept + kept.size()) {
      String next = next();
      if (next == null) {
        ended = true;
      } else {
        kept.add(next);
      }
    }
    return number < firstKept + kept.size();
  }

  private String next() throws IOException {
    try {
      return file.next();
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** Whether the file, not what it says, was why reading failed. */
  boolean failed() {
    return failed;
  }

  /** A line in or behind the row that is there. */
  String line(int number) {
    return kept.get(number - firstKept);
  }

  /** The first line from one on that is not blank, or the line behind the last. */
  int skipBlank(int number) throws IOException {
    int next = number;
    while (hasLine(next) && line(next).isBlank()) {
      next++;
    }
    return next;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (sinceRow > longest + AHEAD) {
      exceeded = true;
      throw new IOException("a row of more than " + longest + " characters");
    }
    int read = 0;
    while (read < length && hasLine(line) && line(line).length() <= longest) {
      String text = line(line);
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
