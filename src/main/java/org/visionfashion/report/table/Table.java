package org.visionfashion.report.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.visionfashion.config.AtomicFile;

/**
 * A table with its words. The first column names the rows, all others hold numbers.
 *
 * @param name of its files, without ending
 * @param title heading
 * @param note one sentence on how to read it; may be empty
 * @param head names of the columns
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
    AtomicFile.write(folder.resolve(name + ".md"), markdown());
    AtomicFile.write(folder.resolve(name + ".csv"), csv());
  }
}
