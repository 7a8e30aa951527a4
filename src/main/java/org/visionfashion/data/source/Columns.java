package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataConfig.TableColumns;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.table.Table;

/**
 * Which column of a table holds what; an index from 0, {@link #NONE} = the table has no such
 * column.
 *
 * @param captions any number of columns
 * @param split {@code NONE} where the column does not count too
 */
record Columns(
    int image, int id, List<Integer> captions, int category, int attributes, int item, int split) {

  static final int NONE = -1;

  /**
   * Finds the columns by name, whatever their case: those that the configuration names, else those
   * called {@code image}, {@code caption}, {@code category}, {@code attributes}, {@code item} and
   * {@code split}. Pictures may also be in the only column that holds some.
   *
   * @param problems takes a note on the columns that are not used
   * @throws UserError where a column that is named or needed is missing
   */
  static Columns of(TablePart part, DataConfig config, List<Problem> problems) {
    Table table = part.table();
    TableColumns names = config.columns();
    Finder finder = new Finder(table);
    boolean partSays = part.split().isPresent();
    boolean given = config.split() == SplitRule.GIVEN;
    int split = finder.find("split", names.split(), given && !partSays);
    boolean used = !partSays && (given || config.split() == SplitRule.AUTO);
    Columns found =
        new Columns(
            finder.image(names.image()),
            finder.find("id", names.id(), false),
            finder.captions(names.caption()),
            finder.find("category", names.category(), false),
            finder.find("attributes", names.attributes(), false),
            finder.find("item", names.item(), !names.itemPattern().isEmpty()),
            used ? split : NONE);
    found.noteUnused(table, split, problems);
    return found;
  }

  /** The names in a header. */
  private record Finder(Table table) {

    /** The column that the key {@code data.columns.<what>} names, or is usually called so. */
    int find(String what, String named, boolean needed) {
      String name = named.isEmpty() ? what : named;
      List<String> written = table.columns();
      for (int i = 0; i < written.size(); i++) {
        if (written.get(i).equalsIgnoreCase(name)) {
          return i;
        }
      }
      if (!named.isEmpty() || needed) {
        throw new UserError(
            "%s: no column '%s' (data.columns.%s); the table has %s%s"
                .formatted(
                    table.file(),
                    name,
                    what,
                    String.join(", ", written),
                    Nearest.hint(name, written)));
      }
      return NONE;
    }

    int image(String named) {
      List<Integer> holders =
          IntStream.range(0, table.columns().size()).filter(table::holdsPictures).boxed().toList();
      return named.isEmpty() && holders.size() == 1 ? holders.get(0) : find("image", named, true);
    }

    List<Integer> captions(List<String> named) {
      if (named.isEmpty()) {
        int caption = find("caption", "", false);
        return caption == NONE ? List.of() : List.of(caption);
      }
      return named.stream().map(name -> find("caption", name, true)).toList();
    }
  }

  /** The columns that hold something. */
  Set<Integer> used() {
    Set<Integer> used = new HashSet<>(captions);
    used.addAll(List.of(image, id, category, attributes, item, split));
    used.remove(NONE);
    return used;
  }

  private void noteUnused(Table table, int splitColumn, List<Problem> problems) {
    Set<Integer> used = used();
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      if (i == splitColumn && split == NONE) {
        String message =
            "column '%s' is not used; data.split: given or auto uses it".formatted(name);
        problems.add(new Problem(table.file(), table.headerLine(), Kind.UNUSED, message));
      } else if (!used.contains(i)) {
        unused.add(name.isEmpty() ? "(column " + (i + 1) + ")" : name);
      }
    }
    if (!unused.isEmpty()) {
      String message =
          "columns not used: %s; data.columns names columns".formatted(String.join(", ", unused));
      problems.add(new Problem(table.file(), table.headerLine(), Kind.UNUSED, message));
    }
  }
}
