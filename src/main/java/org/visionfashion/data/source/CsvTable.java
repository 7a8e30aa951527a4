package org.visionfashion.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * The rows of a table, with the lines they begin in. The separator is whichever of comma, semicolon
 * and tab the header has most of. A row whose quotation marks do not match is reported, and reading
 * resumes in the next line; how far one is sought is limited, so that a table of nothing but such
 * rows is read in time too.
 */
final class CsvTable {

  private final Path file;
  private final List<String> lines;
  private final LimitsConfig limits;
  private final CSVFormat format;
  private final List<Problem> problems;
  private final List<Row> rows = new ArrayList<>();

  private CsvTable(Path file, List<String> lines, LimitsConfig limits, List<Problem> problems) {
    this.file = file;
    this.lines = lines;
    this.limits = limits;
    this.problems = problems;
    this.format =
        CSVFormat.DEFAULT.builder().setDelimiter(separator(lines.get(skipBlank(0)))).get();
  }

  /**
   * Reads a table.
   *
   * @param limits of the file and its rows
   * @param problems takes the rows that cannot be read
   * @return all rows, the header first; cells without white space at their ends
   * @throws UserError where the table is empty or not UTF-8
   */
  static List<Row> read(Path file, LimitsConfig limits, List<Problem> problems) {
    List<String> lines = TextFile.read(file, limits).lines();
    if (lines.stream().allMatch(String::isBlank)) {
      throw new UserError(file + ": the table is empty");
    }
    CsvTable table = new CsvTable(file, lines, limits, problems);
    int line = 0;
    while (line < lines.size()) {
      line = table.readFrom(line);
    }
    if (table.rows.isEmpty() || table.rows.get(0).line() != table.skipBlank(0) + 1) {
      throw new UserError(file + ": the header in its first line cannot be read");
    }
    return table.rows;
  }

  /** Reads rows from a line (from 0) up to the end or the first bad row; the line to resume at. */
  private int readFrom(int first) {
    int start = first;
    LinesReader text = new LinesReader(lines, first, limits.line());
    try (CSVParser parser = CSVParser.parse(text, format)) {
      for (CSVRecord record : parser) {
        text.nextRow();
        List<String> cells = record.stream().map(String::strip).toList();
        if (!cells.stream().allMatch(String::isEmpty)) {
          rows.add(new Row(skipBlank(start) + 1, cells));
        }
        start = first + (int) parser.getCurrentLineNumber();
      }
      return lines.size();
    } catch (UncheckedIOException e) {
      int bad = skipBlank(start);
      problems.add(
          text.exceeded()
              ? TextFile.tooLong(file, bad + 1, text.length(), limits).skipping()
              : new Problem(
                      file, bad + 1, Kind.BAD_LINE, "quotation marks do not match; row skipped")
                  .skipping());
      return bad + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int skipBlank(int line) {
    int next = line;
    while (next < lines.size() - 1 && lines.get(next).isBlank()) {
      next++;
    }
    return next;
  }

  private static char separator(String header) {
    char best = ',';
    for (char each : new char[] {',', ';', '\t'}) {
      if (count(header, each) > count(header, best)) {
        best = each;
      }
    }
    return best;
  }

  private static long count(String header, char separator) {
    return header.chars().filter(each -> each == separator).count();
  }

  /**
   * A row.
   *
   * @param line 1-based line it begins in
   * @param cells from left to right
   */
  record Row(int line, List<String> cells) {}
}
