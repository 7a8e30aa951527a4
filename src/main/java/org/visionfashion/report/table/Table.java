package org.visionfashion.report.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.visionfashion.base.AtomicFiles;

/**
 * A table with its words. The first column names the rows, all others hold numbers.
 *
 * @param name of its files, without ending
 * @param title heading
 * @param note one sentence on how to read it; may be empty
 * @param head names of the columns; those of neighbours that begin with the same {@code words: }
 *     stand together under these words
 * @param rows as many cells each as the head has
 * @param sortable whether a reader may want another order
 */
public record Table(
    String name,
    String title,
    String note,
    List<String> head,
    List<List<Cell>> rows,
    boolean sortable) {

  private static final int TALL = 40;
  private static final String SEPARATOR = ": ";

  /** Words over some columns. */
  public record Span(String title, int columns) {}

  public Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
    for (List<Cell> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            "%s: %d cells under %d heads".formatted(name, row.size(), head.size()));
      }
    }
  }

  /** More rows than a page should show at once. */
  public boolean tall() {
    return rows.size() > TALL;
  }

  /** The words over several columns, one an own or a shared column; empty where there are none. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (String column : head) {
      String title = column.contains(SEPARATOR) ? column.split(SEPARATOR, 2)[0] : "";
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last != null && !title.isEmpty() && last.title().equals(title)) {
        spans.set(spans.size() - 1, new Span(title, last.columns() + 1));
      } else {
        spans.add(new Span(title, 1));
      }
    }
    return spans.stream().allMatch(span -> span.title().isEmpty()) ? List.of() : spans;
  }

  /** Whether there are words over several columns. */
  public boolean spanned() {
    return !spans().isEmpty();
  }

  /** The names of the columns below such words. */
  public List<String> columns() {
    return head.stream().map(column -> column.replaceFirst("^.*?" + SEPARATOR, "")).toList();
  }

  /** As a table of Markdown. */
  public String markdown() {
    String line = "|---" + "|--:".repeat(head.size() - 1) + "|";
    return Stream.concat(
            Stream.of(markdown(head.stream()), line),
            rows.stream().map(row -> markdown(row.stream().map(Cell::text))))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String markdown(Stream<String> cells) {
    return cells
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** As comma-separated values at full precision. */
  public String csv() {
    return Stream.concat(
            Stream.of(CSVFormat.DEFAULT.format(head.toArray())),
            rows.stream()
                .map(row -> CSVFormat.DEFAULT.format(row.stream().map(Cell::exact).toArray())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Writes {@code <name>.md} and {@code <name>.csv}. */
  public void write(Path folder) throws IOException {
    AtomicFiles.write(folder.resolve(name + ".md"), markdown());
    AtomicFiles.write(folder.resolve(name + ".csv"), csv());
  }
}
