package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.visionfashion.base.OneLine;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Entry;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.table.Row;
import org.visionfashion.data.table.Table;
import org.visionfashion.data.text.Captions;

/**
 * Turns the rows of a table into entries, one at a time; a row that cannot be used is reported and
 * skipped.
 */
final class EntryReader {

  private final int number;
  private final TablePart part;
  private final Table table;
  private final Columns columns;
  private final Pattern separator;
  private final Pattern item;
  private final boolean clean;
  private final Findings findings;
  private final List<Problem> problems;
  private final PictureFiles pictures;

  /**
   * A reader of one table.
   *
   * @param number of the table among those of the data set
   * @param findings takes what the cells say together with those of other tables
   * @param problems takes what is wrong with the table
   * @param choices takes a line on each column that was not found by its usual name
   * @throws org.visionfashion.base.UserError where a column is missing
   */
  EntryReader(
      TablePart part,
      int number,
      DataConfig config,
      Findings findings,
      List<Problem> problems,
      Consumer<String> choices) {
    this.part = part;
    this.number = number;
    this.table = part.table();
    this.columns = Columns.of(part, config, problems, choices);
    this.separator = Pattern.compile(config.columns().separator(), Pattern.LITERAL);
    this.item = Pattern.compile(config.columns().itemPattern());
    this.clean = config.cleanCaptions();
    this.findings = findings;
    this.problems = problems;
    this.pictures = new PictureFiles(part, config, findings, problems);
  }

  /** What the columns hold. */
  Columns columns() {
    return columns;
  }

  /**
   * Reads the table once.
   *
   * @param entries takes them in the order of the rows
   */
  void read(Consumer<Entry> entries) {
    try (Stream<Row> rows = table.rows(columns.used(), problems::add)) {
      rows.forEach(row -> entry(row).ifPresent(entries));
    }
  }

  /** The folders that pictures were looked for in. */
  Set<Path> folders() {
    return pictures.folders();
  }

  private Optional<Entry> entry(Row row) {
    Optional<Named> named = named(row);
    Optional<Split> split = named.flatMap(there -> split(row));
    if (named.isEmpty() || (columns.split() != Columns.NONE && split.isEmpty())) {
      return Optional.empty();
    }
    String id = named.get().id();
    String item = item(row);
    return Optional.of(
        new Entry(
            id,
            named.get().picture(),
            captions(row, id),
            findings.category(text(row, columns.category())),
            tags(row),
            item,
            split,
            RepeatedRows.place(number, row)));
  }

  private Optional<Named> named(Row row) {
    String id = text(row, columns.id());
    String written = row.text(columns.image());
    Optional<Picture> held = row.picture(columns.image());
    if (held.isPresent()) {
      String own = written.isEmpty() ? place(held.get()) : written.replace('\\', '/');
      return Optional.of(new Named(id.isEmpty() ? own : id, held.get()));
    }
    if (written.isEmpty() || findings.isNothing(written)) {
      fault(row, Kind.BAD_LINE, "no picture is named");
      return Optional.empty();
    }
    return pictures
        .find(row, written)
        .map(file -> new Named(id.isEmpty() ? pictures.id(file) : id, new FilePicture(file)));
  }

  /** How a picture is called that has no name: by its container, from the data set's folder. */
  private String place(Picture picture) {
    return pictures.id(picture.file()) + ": " + picture.member();
  }

  private List<String> captions(Row row, String id) {
    Set<String> captions = new LinkedHashSet<>();
    for (int column : columns.captions()) {
      for (String text : row.texts(column)) {
        captions.add(findings.value("captions", clean ? Captions.clean(text) : text));
      }
    }
    captions.remove("");
    if (captions.isEmpty() && !columns.captions().isEmpty()) {
      String message = id + ": blank caption, counts as none";
      problems.add(new Problem(table.file(), row.number(), Kind.BLANK_CAPTION, message));
    }
    return List.copyOf(captions);
  }

  /** The side that the table names; empty where the column does not count or names none. */
  private Optional<Split> split(Row row) {
    if (part.split().isPresent() || columns.split() == Columns.NONE) {
      return part.split();
    }
    String name = text(row, columns.split());
    Optional<Split> split = Split.of(name);
    if (split.isEmpty()) {
      fault(
          row,
          Kind.UNKNOWN_CODE,
          "unknown split '%s'; use train, validation or test, or set data.split"
              .formatted(OneLine.word(name)));
    }
    return split;
  }

  /** The elements of a list, or the parts of a text. */
  private List<String> tags(Row row) {
    if (columns.attributes() == Columns.NONE) {
      return List.of();
    }
    List<String> texts = row.texts(columns.attributes());
    if (texts.size() == 1) {
      findings.attributes(texts.get(0));
      texts = List.of(separator.split(texts.get(0)));
    }
    return texts.stream().map(findings::tag).filter(tag -> !tag.isEmpty()).distinct().toList();
  }

  /** The product's cell, or what {@code data.columns.item_pattern} finds in it. */
  private String item(Row row) {
    String cell = findings.value("items", text(row, columns.item()));
    if (cell.isEmpty() || item.pattern().isEmpty()) {
      return cell;
    }
    Matcher found = item.matcher(cell);
    String product = found.find() ? found.group(Math.min(1, found.groupCount())) : null;
    if (product == null || product.isEmpty()) {
      String message = "data.columns.item_pattern finds no product in '%s', taken as it is";
      problems.add(
          new Problem(
              table.file(),
              row.number(),
              Kind.UNKNOWN_CODE,
              message.formatted(OneLine.word(cell))));
      return cell;
    }
    return product;
  }

  private static String text(Row row, int column) {
    return column == Columns.NONE ? "" : row.text(column);
  }

  private void fault(Row row, Kind kind, String message) {
    problems.add(new Problem(table.file(), row.number(), kind, message).skipping());
  }

  /** A picture and what it is called. */
  private record Named(String id, Picture picture) {}
}
