package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.List;
import org.visionfashion.data.ExamplesBuilder;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.table.Row;

/**
 * Reports the rows of tables that name a picture of an earlier row: those that say nothing new, and
 * the contradictions.
 *
 * @param parts the tables
 * @param problems takes the reports
 */
record RepeatedRows(List<TablePart> parts, List<Problem> problems)
    implements ExamplesBuilder.Repeats {

  /**
   * The place of an entry.
   *
   * @param part which of the tables, from 0
   */
  static long place(int part, Row row) {
    return ((long) part << Integer.SIZE) | row.number();
  }

  @Override
  public void same(String id, long place, long first) {
    report(place, Kind.REPETITION, "%s: says nothing that %s does not", id, first);
  }

  @Override
  public void contradicts(String id, List<String> what, long place, long first) {
    String message = "%s: another " + String.join(", ", what) + " than in %s, which counts";
    report(place, Kind.CONTRADICTION, message, id, first);
  }

  private void report(long place, Kind kind, String message, String id, long first) {
    boolean here = file(place).equals(file(first));
    String other = "row " + (here ? "" : file(first).getFileName() + ":") + (int) first;
    problems.add(new Problem(file(place), (int) place, kind, message.formatted(id, other)));
  }

  private Path file(long place) {
    return parts.get((int) (place >>> Integer.SIZE)).table().file();
  }
}
