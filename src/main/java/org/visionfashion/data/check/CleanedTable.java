package org.visionfashion.data.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataRoot;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;

/**
 * A table of what is left of a data set: without unreadable pictures, without copies in train (of
 * each other, and of what is validated and tested on), with captions cleaned. A row for each
 * caption; pictures named from the table's folder. Beside it, a list of all changes.
 */
public final class CleanedTable {

  private static final String TAGS = "|";
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final Path table;
  private final Path changes;
  private final Dataset dataset;

  private CleanedTable(Path table, Dataset dataset) {
    this.table = table;
    this.changes = table.resolveSibling(table.getFileName() + ".changes.txt");
    this.dataset = dataset;
  }

  /**
   * What was written.
   *
   * @param table the file
   * @param changes the list of changes
   * @param pictures left
   * @param rows of the table, its header apart
   * @param unreadable pictures removed
   * @param copies pictures removed
   * @param captionsChanged cleaned
   * @param captionsRemoved that meant nothing
   * @param outside whether pictures lie outside the table's folder
   */
  public record Result(
      Path table,
      Path changes,
      int pictures,
      int rows,
      int unreadable,
      int copies,
      int captionsChanged,
      int captionsRemoved,
      boolean outside) {

    /** What was done and how to go on, in one line. */
    public String summary() {
      return String.format(
          Locale.ROOT,
          "%s: %,d pictures in %,d rows; removed: %,d unreadable pictures, %,d copies, %,d"
              + " captions; changed: %,d captions; every change is in %s; to use it: data.root: %s%s",
          table,
          pictures,
          rows,
          unreadable,
          copies,
          captionsRemoved,
          captionsChanged,
          changes,
          table,
          outside ? " with data.limits.outside: true, for pictures lie outside its folder" : "");
    }
  }

  /**
   * A table that is to be written.
   *
   * @param root where the data lie
   * @throws UserError where something is there already, where the table would change what {@code
   *     data.root} means, or where it could not name the pictures
   */
  public static CleanedTable at(Path table, Dataset dataset, DataRoot root) {
    Path place = table.toAbsolutePath().normalize();
    CleanedTable cleaned = new CleanedTable(place, dataset);
    if (!place.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw new UserError("--fix " + table + ": writes a table, so name a .csv file");
    }
    for (Path each : List.of(place, cleaned.changes)) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        throw new UserError("--fix " + table + ": " + each + " exists; nothing is overwritten");
      }
    }
    for (DataRoot.Part part : root.parts()) {
      if (Files.isDirectory(part.path()) && place.startsWith(part.path().normalize())) {
        throw new UserError(
            "--fix %s: a table within %s would change what data.root means; write it beside: %s"
                .formatted(
                    table,
                    part.path(),
                    part.path().resolveSibling(place.getFileName().toString())));
      }
    }
    IntStream.range(0, dataset.examples().size())
        .mapToObj(i -> dataset.examples().get(i).picture())
        .filter(picture -> !picture.member().isEmpty())
        .findFirst()
        .ifPresent(
            picture -> {
              throw new UserError(
                  "--fix %s: a table names picture files, and %s lies within a container; unpack"
                          .formatted(table, picture.name())
                      + " the pictures first");
            });
    return cleaned;
  }

  /** Writes the table and the list of changes. */
  public Result write(Verification verification) {
    Writing writing = new Writing(verification);
    try {
      AtomicFiles.replaceFile(
          changes,
          listed -> {
            try (BufferedWriter list = Files.newBufferedWriter(listed)) {
              AtomicFiles.replaceFile(table, place -> writing.write(place, list));
            }
          });
      return writing.result();
    } catch (IOException e) {
      throw new UncheckedIOException(table + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** The work on one table, and what it counts. */
  private final class Writing {

    private final Verification verification;
    private final List<String> classes = dataset.scheme().categories();
    private final List<String> attributes = dataset.scheme().attributes();
    private final boolean captioned = dataset.examples().stream().anyMatch(Example::hasCaption);
    private BufferedWriter list;
    private int pictures;
    private int rows;
    private int unreadable;
    private int copies;
    private int captionsChanged;
    private int captionsRemoved;
    private boolean outside;

    Writing(Verification verification) {
      this.verification = verification;
    }

    void write(Path place, BufferedWriter changes) throws IOException {
      list = changes;
      try (BufferedWriter out = Files.newBufferedWriter(place);
          CSVPrinter csv = new CSVPrinter(out, FORMAT)) {
        csv.printRecord(header());
        for (int i = 0; i < dataset.examples().size(); i++) {
          Example example = dataset.examples().get(i);
          Optional<String> removal = removal(i);
          if (removal.isPresent()) {
            tell(example, removal.get());
          } else {
            print(csv, example);
          }
        }
      }
      list.write(result().summary());
      list.newLine();
    }

    private List<String> header() {
      return columns("image", "caption", "category", "attributes", "item", "split");
    }

    /** Without the columns that the data do not have. */
    private List<String> columns(
        String image,
        String caption,
        String category,
        String attribute,
        String item,
        String split) {
      List<String> cells = new ArrayList<>(List.of(image));
      if (captioned) {
        cells.add(caption);
      }
      if (!classes.isEmpty()) {
        cells.add(category);
      }
      if (!attributes.isEmpty()) {
        cells.add(attribute);
      }
      if (dataset.itemsKnown()) {
        cells.add(item);
      }
      cells.add(split);
      return cells;
    }

    /** Why a picture is left out. */
    private Optional<String> removal(int place) {
      String reason = verification.unreadable(place);
      if (reason != null) {
        unreadable++;
        return Optional.of("removed: unreadable (" + reason + ")");
      }
      OptionalInt original = verification.original(place);
      if (original.isEmpty()) {
        return Optional.empty();
      }
      copies++;
      Example kept = dataset.examples().get(original.getAsInt());
      return Optional.of(
          "removed from train: a copy of %s (%s)".formatted(kept.id(), kept.split().label()));
    }

    private void print(CSVPrinter csv, Example example) throws IOException {
      List<String> captions = captions(example);
      for (String caption : captions.isEmpty() ? List.of("") : captions) {
        csv.printRecord(
            columns(
                image(example),
                caption,
                example.category() == Example.UNKNOWN ? "" : classes.get(example.category()),
                attributes(example),
                example.item().equals(example.id()) ? "" : example.item(),
                example.split().label()));
        rows++;
      }
      pictures++;
    }

    private String image(Example example) {
      Path picture = example.picture().file().toAbsolutePath().normalize();
      Path folder = table.getParent();
      outside |= !picture.startsWith(folder);
      Path named =
          picture.getRoot().equals(folder.getRoot()) ? folder.relativize(picture) : picture;
      return named.toString().replace('\\', '/');
    }

    private List<String> captions(Example example) throws IOException {
      Set<String> captions = new LinkedHashSet<>();
      for (String caption : example.captions()) {
        String cleaned = CaptionTexts.cleaned(caption);
        if (cleaned.isEmpty() || CaptionTexts.meansMissing(cleaned)) {
          captionsRemoved++;
          tell(example, "caption \"%s\" removed".formatted(caption));
        } else {
          captions.add(cleaned);
        }
        if (captions.contains(cleaned) && !cleaned.equals(caption)) {
          captionsChanged++;
          tell(example, "caption \"%s\" becomes \"%s\"".formatted(caption, cleaned));
        }
      }
      return List.copyOf(captions);
    }

    private String attributes(Example example) throws IOException {
      byte[] values = example.attributes();
      List<String> having = new ArrayList<>();
      int known = 0;
      for (int i = 0; i < values.length; i++) {
        known += values[i] == Example.UNKNOWN ? 0 : 1;
        if (values[i] == 1) {
          having.add(attributes.get(i).replace(TAGS, "/"));
        }
      }
      if (!having.isEmpty() && known < values.length) {
        tell(example, "attributes that nobody knows count as absent");
      } else if (having.isEmpty() && known > 0) {
        tell(example, "has none of the attributes, which a table cannot say: not labelled");
      }
      return having.stream().collect(Collectors.joining(TAGS));
    }

    private void tell(Example example, String change) throws IOException {
      list.write(OneLine.of(example.id() + ": " + change));
      list.newLine();
    }

    Result result() {
      return new Result(
          table,
          changes,
          pictures,
          rows,
          unreadable,
          copies,
          captionsChanged,
          captionsRemoved,
          outside);
    }
  }
}
