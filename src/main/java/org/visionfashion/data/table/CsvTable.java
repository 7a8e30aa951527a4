package org.visionfashion.data.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * A table of separated values. The separator is the one that Excel's first line {@code sep=;}
 * names, else whichever of comma, semicolon and tab the header has most of, or a bar where it has
 * none of them. A row whose quotation marks do not match is reported, and reading resumes in the
 * next line; how far one is sought is limited, so that a table of nothing but such rows is read in
 * time too.
 */
public final class CsvTable implements Table {

  /** What Excel writes in front, and understands. */
  private static final String SEPARATOR_LINE = "(?i)\\s*sep=.\\s*";

  private final Path file;
  private final LimitsConfig limits;
  private final Charset charset;
  private final CSVFormat format;
  private final int firstLine;
  private final CsvRow header;
  private String remedy = "";

  private CsvTable(Path file, Charset charset, LimitsConfig limits) {
    this.file = file;
    this.charset = charset;
    this.limits = limits;
    String first = firstLine();
    boolean said = first.matches(SEPARATOR_LINE);
    this.firstLine = said ? 1 : 0;
    this.format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(said ? first.charAt(first.indexOf('=') + 1) : separator(first))
            .get();
    this.header = header();
  }

  /**
   * Opens a table.
   *
   * @param encoding {@code data.encoding}
   * @param limits of its rows
   * @throws UserError where it is no text, or has no header that can be read
   */
  public static CsvTable open(Path file, String encoding, LimitsConfig limits) {
    return new CsvTable(file, TextEncoding.of(file, encoding), limits);
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public int headerLine() {
    return header.number();
  }

  @Override
  public List<String> columns() {
    return header.cells();
  }

  @Override
  public Stream<Row> rows(Consumer<Problem> problems) {
    int width = columns().size();
    return records(problems)
        .skip(1)
        .map(row -> row.to(width))
        .filter(row -> isWhole(row, problems))
        .map(row -> row);
  }

  /** The first line that is not blank. */
  private String firstLine() {
    try (LineReader lines = new LineReader(file, charset, limits.line())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          return line;
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new UserError(file + ": the table is empty");
  }

  private CsvRow header() {
    List<Problem> before = new ArrayList<>();
    CsvRow found;
    try (Stream<CsvRow> rows = records(before::add)) {
      found =
          rows.findFirst()
              .filter(row -> before.isEmpty())
              .orElseThrow(
                  () -> new UserError(file + ": the header in its first line cannot be read"));
    }
    if (!isText(found)) {
      throw new UserError("%s:%d: %s".formatted(file, found.number(), encodingFault()));
    }
    return found;
  }

  private Stream<CsvRow> records(Consumer<Problem> problems) {
    try {
      LineReader lines = new LineReader(file, charset, limits.line());
      return StreamSupport.stream(new Records(lines, problems), false)
          .onClose(
              () -> {
                try {
                  lines.close();
                } catch (IOException e) {
                  throw unreadable(e);
                }
              });
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private boolean isWhole(CsvRow row, Consumer<Problem> problems) {
    String fault = "";
    if (row.cells().size() != columns().size()) {
      fault =
          "%d cells, the header has %d; text that holds a separator needs quotation marks"
              .formatted(row.cells().size(), columns().size());
    } else if (!isText(row)) {
      fault = encodingFault();
    }
    if (!fault.isEmpty()) {
      problems.accept(new Problem(file, row.number(), Kind.BAD_LINE, fault).skipping());
    }
    return fault.isEmpty();
  }

  private static boolean isText(CsvRow row) {
    return row.cells().stream().noneMatch(cell -> cell.indexOf(LineReader.UNREADABLE) >= 0);
  }

  /** The file is looked at once, however many rows are not text. */
  private String encodingFault() {
    if (remedy.isEmpty()) {
      remedy = TextEncoding.remedy(file, charset);
    }
    return remedy;
  }

  private UserError unreadable(IOException e) {
    return new UserError(file + ": cannot be read: " + e.getMessage(), e);
  }

  private static char separator(String header) {
    char best = ',';
    for (char each : new char[] {',', ';', '\t'}) {
      if (count(header, each) > count(header, best)) {
        best = each;
      }
    }
    return count(header, best) == 0 && header.indexOf('|') >= 0 ? '|' : best;
  }

  /** How often a separator stands outside quotation marks. */
  private static int count(String header, char separator) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      quoted ^= header.charAt(i) == '"';
      count += !quoted && header.charAt(i) == separator ? 1 : 0;
    }
    return count;
  }

  /** Rows as they are parsed; after one that cannot be, from the line behind its first. */
  private final class Records extends Spliterators.AbstractSpliterator<CsvRow> {

    private final LineReader file;
    private final LinesReader lines;
    private final Consumer<Problem> problems;
    private CSVParser parser;
    private Iterator<CSVRecord> records;
    private int parsedFrom;
    private int start;

    Records(LineReader file, Consumer<Problem> problems) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.file = file;
      this.lines = new LinesReader(file, limits.line());
      this.problems = problems;
      this.start = firstLine;
    }

    @Override
    public boolean tryAdvance(Consumer<? super CsvRow> action) {
      try {
        while (parser != null || lines.hasLine(start)) {
          CsvRow row = next();
          if (row != null && !row.isBlank()) {
            action.accept(row);
            return true;
          }
        }
        return false;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /** The next row; null = none before the next line to begin from. */
    private CsvRow next() throws IOException {
      if (parser == null) {
        lines.resume(start);
        parsedFrom = start;
        parser = CSVParser.parse(lines, format);
        records = parser.iterator();
      }
      try {
        if (records.hasNext()) {
          CSVRecord record = records.next();
          int line = lines.skipBlank(start) + 1;
          start = parsedFrom + (int) parser.getCurrentLineNumber();
          lines.beginRow(start);
          return new CsvRow(line, record.stream().map(String::strip).toList());
        }
        resumeBehind(lines.skipBlank(start));
      } catch (UncheckedIOException e) {
        if (lines.failed()) {
          throw e.getCause();
        }
        resumeBehindBad(lines.skipBlank(start));
      }
      return null;
    }

    /** The text ended: with the file, or before a line that is too long. */
    private void resumeBehind(int line) throws IOException {
      if (lines.hasLine(line)) {
        report(line, tooLong(file.length()));
      }
      resume(line);
    }

    private void resumeBehindBad(int line) {
      report(
          line,
          lines.exceeded() ? tooLong(lines.length()) : "quotation marks do not match; row skipped");
      resume(line);
    }

    private void resume(int line) {
      parser = null;
      start = line + 1;
    }

    private void report(int line, String message) {
      problems.accept(new Problem(CsvTable.this.file, line + 1, Kind.BAD_LINE, message).skipping());
    }

    private String tooLong(int length) {
      return "%d characters; data.limits.line allows %d".formatted(length, limits.line());
    }
  }

  /** A row with its cells from left to right. */
  private record CsvRow(int number, List<String> cells) implements Row {

    @Override
    public String place() {
      return "line " + number;
    }

    @Override
    public String text(int column) {
      return cells.get(column);
    }

    @Override
    public List<String> texts(int column) {
      return CellList.of(text(column)).orElseGet(() -> Row.super.texts(column));
    }

    /** The same without empty cells behind the last column, which a separator at the end makes. */
    CsvRow to(int width) {
      int end = cells.size();
      while (end > width && cells.get(end - 1).isEmpty()) {
        end--;
      }
      return end == cells.size() ? this : new CsvRow(number, cells.subList(0, end));
    }

    boolean isBlank() {
      return cells.stream().allMatch(String::isEmpty);
    }
  }
}
