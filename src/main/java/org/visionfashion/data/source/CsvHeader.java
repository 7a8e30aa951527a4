package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.CsvColumns;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.source.CsvTable.Row;

/**
 * Which column of a table holds what; an index from 0, -1 = the table has no such column.
 *
 * @param width number of columns
 */
record CsvHeader(
    int width, int image, int caption, int category, int attributes, int item, int split) {

  /**
   * Finds the columns by name, whatever their case: those that the configuration names, else those
   * called {@code image}, {@code caption}, {@code category}, {@code attributes}, {@code item} and
   * {@code split}.
   *
   * @param problems takes a note on the columns that are not used
   * @throws UserError where a column that is named or needed is missing
   */
  static CsvHeader read(Path file, Row header, DataConfig config, List<Problem> problems) {
    CsvColumns names = config.csv();
    Columns columns = new Columns(file, header.cells());
    int split = columns.index("split", names.split(), config.split() == SplitRule.GIVEN);
    boolean used = config.split() == SplitRule.GIVEN || config.split() == SplitRule.AUTO;
    CsvHeader found =
        new CsvHeader(
            header.cells().size(),
            columns.index("image", names.image(), true),
            columns.index("caption", names.caption(), false),
            columns.index("category", names.category(), false),
            columns.index("attributes", names.attributes(), false),
            columns.index("item", names.item(), false),
            used ? split : -1);
    found.noteUnused(file, header, split, problems);
    return found;
  }

  /** The names in a header. */
  private record Columns(Path file, List<String> written) {

    /** The column that the key {@code data.csv.<what>} names, or is usually called so. */
    int index(String what, String named, boolean needed) {
      String name = named.isEmpty() ? what : named;
      for (int i = 0; i < written.size(); i++) {
        if (written.get(i).equalsIgnoreCase(name)) {
          return i;
        }
      }
      if (!named.isEmpty() || needed) {
        throw new UserError(
            "%s: no column '%s' (data.csv.%s); the table has %s%s"
                .formatted(
                    file, name, what, String.join(", ", written), Nearest.hint(name, written)));
      }
      return -1;
    }
  }

  private void noteUnused(Path file, Row header, int splitColumn, List<Problem> problems) {
    List<Integer> used = List.of(image, caption, category, attributes, item, split);
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      String name = header.cells().get(i);
      if (i == splitColumn && split < 0) {
        String message =
            "column '%s' is not used; data.split: given or auto uses it".formatted(name);
        problems.add(new Problem(file, header.line(), Kind.UNUSED, message));
      } else if (!used.contains(i)) {
        unused.add(name.isEmpty() ? "(column " + (i + 1) + ")" : name);
      }
    }
    if (!unused.isEmpty()) {
      String message =
          "columns not used: %s; data.csv names columns".formatted(String.join(", ", unused));
      problems.add(new Problem(file, header.line(), Kind.UNUSED, message));
    }
  }
}
