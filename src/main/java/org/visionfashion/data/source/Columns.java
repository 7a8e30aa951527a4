package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.OneLine;
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
 * @param id names of the pictures; counts where it is configured, or cells hold pictures
 * @param captions any number of columns
 * @param split {@code NONE} where the column does not count too
 */
record Columns(
    int image, int id, List<Integer> captions, int category, int attributes, int item, int split) {

  static final int NONE = -1;

  /**
   * Finds the columns by name, whatever their case: those that the configuration names, else those
   * with the usual names ({@link Meaning}), else the only one with a name that is often used.
   * Pictures may also be in the only column that holds some.
   *
   * @param problems takes a note on the columns that are not used
   * @param choices takes a line on each column that was found by another than its usual name
   * @throws UserError where a column that is named or needed is missing or there twice
   */
  static Columns of(
      TablePart part, DataConfig config, List<Problem> problems, Consumer<String> choices) {
    Table table = part.table();
    TableColumns names = config.columns();
    Finder finder = new Finder(table, choices);
    boolean partSays = part.split().isPresent();
    boolean given = config.split() == SplitRule.GIVEN;
    int split = finder.find(Meaning.SPLIT, names.split());
    if (split == NONE && given && !partSays) {
      throw finder.missing(Meaning.SPLIT, "split");
    }
    boolean used = !partSays && (given || config.split() == SplitRule.AUTO);
    int image = finder.image(names.image());
    boolean named = !names.id().isEmpty() || table.holdsPictures(image);
    Columns found =
        new Columns(
            image,
            named ? finder.find(Meaning.ID, names.id()) : NONE,
            finder.captions(names.caption()),
            finder.find(Meaning.CATEGORY, names.category()),
            finder.find(Meaning.ATTRIBUTES, names.attributes()),
            finder.item(names),
            used ? split : NONE);
    String splitUse =
        partSays ? "the tables' names say the split" : "data.split: given or auto uses it";
    found.noteUnused(table, split, splitUse, problems);
    return found;
  }

  /** What a column may hold. */
  private enum Meaning {
    IMAGE(
        "filename filepath imagepath imgpath imagefile imagename imagefilename img picture photo"
            + " path file"),
    ID(""),
    CAPTION("text title description captions txt alttext productdisplayname"),
    CATEGORY(
        "categories class classname label category1 category2 category3 subcategory articletype"
            + " producttype"),
    ATTRIBUTES("attribute tags"),
    ITEM("itemid productid sku styleid articleid"),
    SPLIT("");

    /** Other names, without what is no letter or digit; open_clip's, Hugging Face's, shops'. */
    private final String others;

    Meaning(String others) {
      this.others = " " + others + " ";
    }

    /** The usual name, and the last part of the key that names another. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOften(String column) {
      String plain = column.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
      return !plain.isEmpty() && others.contains(" " + plain + " ");
    }
  }

  /** Looks for names in a header. */
  private record Finder(Table table, Consumer<String> choices) {

    /** The column that the key {@code data.columns.<meaning>} names, or is called so. */
    int find(Meaning meaning, String named) {
      String name = named.isEmpty() ? meaning.label() : named;
      List<Integer> same = columns(column -> column.equals(name));
      List<Integer> found =
          same.size() == 1 && !named.isEmpty()
              ? same
              : columns(column -> column.equalsIgnoreCase(name));
      if (found.size() > 1) {
        throw new UserError(
            "%s: column '%s' is there twice, as columns %s; rename one"
                .formatted(
                    place(),
                    name,
                    found.stream().map(i -> "" + (i + 1)).collect(Collectors.joining(" and "))));
      }
      if (found.isEmpty() && !named.isEmpty()) {
        throw missing(meaning, name);
      }
      return found.isEmpty() ? often(meaning) : found.get(0);
    }

    /** The only column with a name that is often used. */
    private int often(Meaning meaning) {
      List<Integer> found = columns(meaning::isOften);
      if (found.size() == 1) {
        choices.accept(
            "Column '%s' is taken as %s; data.columns.%s names another"
                .formatted(names(found), meaning.label(), meaning.label()));
        return found.get(0);
      }
      if (found.size() > 1) {
        choices.accept(
            "No column is taken as %s: %s could be; name it in data.columns.%s"
                .formatted(meaning.label(), names(found), meaning.label()));
      }
      return NONE;
    }

    int image(String named) {
      List<Integer> holders =
          IntStream.range(0, table.columns().size()).filter(table::holdsPictures).boxed().toList();
      int image =
          named.isEmpty() && holders.size() == 1 ? holders.get(0) : find(Meaning.IMAGE, named);
      if (image == NONE) {
        throw noImage();
      }
      return image;
    }

    /** Perhaps the first line is a row. */
    private UserError noImage() {
      return table.columns().stream()
          .filter(cell -> ImageFiles.isReadable(cell) || ImageFiles.isUnreadable(cell))
          .findFirst()
          .map(
              cell ->
                  new UserError(
                      "%s: the first line looks like a row ('%s'), not like a header; put one above it, such as image,caption"
                          .formatted(place(), OneLine.word(cell))))
          .orElseGet(() -> missing(Meaning.IMAGE, Meaning.IMAGE.label()));
    }

    /** A pattern of items needs the column that it looks into. */
    int item(TableColumns names) {
      int item = find(Meaning.ITEM, names.item());
      if (item == NONE && !names.itemPattern().isEmpty()) {
        throw missing(Meaning.ITEM, Meaning.ITEM.label());
      }
      return item;
    }

    List<Integer> captions(List<String> named) {
      if (named.isEmpty()) {
        int caption = find(Meaning.CAPTION, "");
        return caption == NONE ? List.of() : List.of(caption);
      }
      return named.stream().map(name -> find(Meaning.CAPTION, name)).toList();
    }

    UserError missing(Meaning meaning, String name) {
      return new UserError(
          "%s: no column '%s' (data.columns.%s); the table has %s%s"
              .formatted(
                  table.file(),
                  name,
                  meaning.label(),
                  String.join(", ", table.columns()),
                  Nearest.hint(name, table.columns())));
    }

    private List<Integer> columns(Predicate<String> which) {
      return IntStream.range(0, table.columns().size())
          .filter(i -> which.test(table.columns().get(i)))
          .boxed()
          .toList();
    }

    private String names(List<Integer> columns) {
      return columns.stream().map(table.columns()::get).collect(Collectors.joining(", "));
    }

    private String place() {
      return table.file() + (table.headerLine() > 0 ? ":" + table.headerLine() : "");
    }
  }

  /** The columns that hold something. */
  Set<Integer> used() {
    Set<Integer> used = new HashSet<>(captions);
    used.addAll(List.of(image, id, category, attributes, item, split));
    used.remove(NONE);
    return used;
  }

  private void noteUnused(Table table, int splitColumn, String splitUse, List<Problem> problems) {
    Set<Integer> used = used();
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      if (i == splitColumn && split == NONE) {
        String message = "column '%s' is not used; %s".formatted(name, splitUse);
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
