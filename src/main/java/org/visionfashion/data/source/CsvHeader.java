package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
   * Finds the columns by name, whatever their case.
   *
   * @param problems takes a note on the columns that are not used
   * @throws UserError where a column that is needed is missing
   */
  static CsvHeader read(Path file, Row header, DataConfig config, List<Problem> problems) {
    CsvColumns names = config.csv();
    List<String> columns =
        header.cells().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean given = config.split() == SplitRule.GIVEN;
    CsvHeader found =
        new CsvHeader(
            columns.size(),
            required(
                file, header.cells(), columns, usual(names.image(), "image"), "data.csv.image"),
            index(columns, usual(names.caption(), "caption")),
            index(columns, usual(names.category(), "category")),
            index(columns, usual(names.attributes(), "attributes")),
            index(columns, usual(names.item(), "item")),
            given
                ? required(
                    file, header.cells(), columns, usual(names.split(), "split"), "data.csv.split")
                : -1);
    found.noteUnused(file, header, config, problems);
    return found;
  }

  private static String usual(String named, String usual) {
    return named.isEmpty() ? usual : named;
  }

  private static int required(
      Path file, List<String> written, List<String> columns, String name, String key) {
    int index = index(columns, name);
    if (index < 0) {
      throw new UserError(
          "%s: no column '%s' (%s); the table has %s"
              .formatted(file, name, key, String.join(", ", written)));
    }
    return index;
  }

  private static int index(List<String> columns, String name) {
    return columns.indexOf(name.toLowerCase(Locale.ROOT));
  }

  private void noteUnused(Path file, Row header, DataConfig config, List<Problem> problems) {
    List<Integer> used = List.of(image, caption, category, attributes, item, split);
    Set<String> unused = new LinkedHashSet<>();
    for (int i = 0; i < width; i++) {
      String name = header.cells().get(i);
      if (used.contains(i)) {
        continue;
      }
      if (name.equalsIgnoreCase(usual(config.csv().split(), "split"))) {
        String message = "column '%s' is not used; data.split: given would use it".formatted(name);
        problems.add(new Problem(file, header.line(), Kind.UNUSED, message));
      } else {
        unused.add(name.isEmpty() ? "(column " + (i + 1) + ")" : name);
      }
    }
    if (!unused.isEmpty()) {
      String message =
          "columns not used: %s; data.csv says which are".formatted(String.join(", ", unused));
      problems.add(new Problem(file, header.line(), Kind.UNUSED, message));
    }
  }
}
