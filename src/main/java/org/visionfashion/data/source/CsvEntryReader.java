package org.visionfashion.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.visionfashion.base.OneLine;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.source.CsvTable.Row;
import org.visionfashion.data.text.Captions;

/** Checks the rows of a user's table; a row that cannot be used is reported and skipped. */
final class CsvEntryReader {

  private static final Pattern BAR = Pattern.compile("\\|");

  private final Path file;
  private final CsvHeader header;
  private final List<Problem> problems;
  private final Enclosure enclosure;
  private final ImageFiles images = new ImageFiles();
  private final Map<Path, Integer> lineOfImage = new HashMap<>();

  CsvEntryReader(Path file, CsvHeader header, LimitsConfig limits, List<Problem> problems) {
    this.file = file;
    this.enclosure = new Enclosure(file.toAbsolutePath().getParent(), limits);
    this.header = header;
    this.problems = problems;
  }

  List<CsvEntry> read(List<Row> rows) {
    List<CsvEntry> entries = new ArrayList<>();
    for (Row row : rows) {
      if (isWhole(row)) {
        entry(row).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private boolean isWhole(Row row) {
    if (row.cells().size() != header.width()) {
      String message =
          "%d cells, the header has %d; text that holds a separator needs quotation marks"
              .formatted(row.cells().size(), header.width());
      return fault(row, Kind.BAD_LINE, message);
    }
    if (row.cells().stream().anyMatch(cell -> cell.indexOf(TextFile.NOT_UTF8) >= 0)) {
      return fault(row, Kind.BAD_LINE, "not UTF-8; save the table as UTF-8");
    }
    if (cell(row, header.image()).isEmpty()) {
      return fault(row, Kind.BAD_LINE, "no picture is named");
    }
    return true;
  }

  private Optional<CsvEntry> entry(Row row) {
    // Tables written on Windows may separate folders by a backslash.
    String written = cell(row, header.image()).replace('\\', '/');
    String id = enclosure.inside(written);
    Optional<Path> image = image(row, id);
    Optional<Split> split = image.flatMap(there -> split(row));
    if (image.isEmpty() || (header.split() >= 0 && split.isEmpty())) {
      return Optional.empty();
    }
    String caption = Captions.normalise(cell(row, header.caption()));
    if (header.caption() >= 0 && caption.isEmpty()) {
      problems.add(
          new Problem(
              file, row.line(), Kind.BLANK_CAPTION, id + ": blank caption, counts as none"));
    }
    String item = cell(row, header.item());
    return Optional.of(
        new CsvEntry(
            id,
            image.get(),
            caption,
            Captions.normalise(cell(row, header.category())),
            tags(row),
            item.isEmpty() ? id : item,
            split.orElse(null)));
  }

  private Optional<Path> image(Row row, String id) {
    Path image;
    try {
      image = file.resolveSibling(id).normalize();
    } catch (InvalidPathException e) {
      fault(row, Kind.BAD_LINE, "'%s' is not a path".formatted(OneLine.word(id)));
      return Optional.empty();
    }
    Optional<Problem> outside = enclosure.problem(image, file, row.line());
    if (outside.isPresent()) {
      problems.add(outside.get().skipping());
      return Optional.empty();
    }
    Integer earlier = lineOfImage.putIfAbsent(image, row.line());
    if (earlier != null) {
      fault(
          row, Kind.DUPLICATE, "%s is in line %d already; that one counts".formatted(id, earlier));
      return Optional.empty();
    }
    if (!images.exists(image)) {
      fault(row, Kind.MISSING_IMAGE, "no such picture: " + image);
      return Optional.empty();
    }
    return Optional.of(image);
  }

  /** The side that the table names; empty where the column does not count or names none. */
  private Optional<Split> split(Row row) {
    if (header.split() < 0) {
      return Optional.empty();
    }
    String name = cell(row, header.split());
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

  private List<String> tags(Row row) {
    return Arrays.stream(BAR.split(cell(row, header.attributes())))
        .map(Captions::normalise)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
  }

  private static String cell(Row row, int column) {
    return column < 0 ? "" : row.cells().get(column);
  }

  /** Reports a row; false, because it cannot be used. */
  private boolean fault(Row row, Kind kind, String message) {
    problems.add(new Problem(file, row.line(), kind, message).skipping());
    return false;
  }
}
