package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.TableColumns;
import org.visionfashion.config.DataRoot;
import org.visionfashion.data.Split;
import org.visionfashion.data.table.CsvTable;
import org.visionfashion.data.table.JsonTable;
import org.visionfashion.data.table.Table;

/**
 * Which files are tables, which of them make a data set, and how each is opened.
 *
 * <p>A folder is a data set if it has one table; if it has several, all named after splits ({@code
 * train.csv}, {@code items_test.jsonl}); or if it has {@code metadata.csv} or {@code
 * metadata.jsonl}, as Hugging Face's image folders do, itself or in folders named after splits.
 */
final class TableFiles {

  /** The name of Hugging Face's tables, before the ending. */
  private static final String METADATA = "metadata";

  private static final String PATTERN = ".*[*?\\[{].*";

  private TableFiles() {}

  /**
   * The tables of a data set.
   *
   * @param source their format, where a file's name does not say it
   * @throws UserError where there are none, or one cannot be opened
   */
  static List<TablePart> of(DataConfig config, Source source) {
    DataRoot root = config.root();
    Path base = Files.isDirectory(root.folder()) ? root.folder() : root.folder().getParent();
    List<TablePart> parts = new ArrayList<>();
    for (DataRoot.Part part : root.parts()) {
      for (Path file : files(part.path())) {
        Optional<Split> split =
            part.split().isEmpty() ? split(part.path(), file) : Split.of(part.split());
        parts.add(new TablePart(open(file, config, source), base, split));
      }
    }
    return parts;
  }

  /** The tables at a place. */
  private static List<Path> files(Path place) {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (Files.isDirectory(place)) {
      return in(place)
          .orElseThrow(
              () ->
                  new UserError(
                      place + ": %s; name the table itself in data.root".formatted(there(place))));
    }
    List<Path> matching = place.toString().matches(PATTERN) ? matching(place) : List.of();
    if (matching.isEmpty()) {
      throw new UserError(place + ": no such table or folder (data.root)");
    }
    return matching;
  }

  /** The tables of a folder that is a data set; empty where it is none. */
  static Optional<List<Path>> in(Path folder) {
    List<Path> tables = direct(folder, file -> true);
    List<Path> metadata = new ArrayList<>(direct(folder, TableFiles::isMetadata));
    if (metadata.isEmpty()) {
      for (Path each : list(folder)) {
        if (Split.of(each.getFileName().toString()).isPresent() && Files.isDirectory(each)) {
          metadata.addAll(direct(each, TableFiles::isMetadata));
        }
      }
    }
    if (!metadata.isEmpty()) {
      return Optional.of(metadata);
    }
    boolean splits = tables.stream().allMatch(file -> Split.inName(stem(file)).isPresent());
    return tables.size() == 1 || (!tables.isEmpty() && splits)
        ? Optional.of(tables)
        : Optional.empty();
  }

  static boolean hasTable(Path folder) {
    return !direct(folder, file -> true).isEmpty();
  }

  /** What tables a folder has, for a message. */
  static String there(Path folder) {
    List<String> names =
        direct(folder, file -> true).stream().map(file -> file.getFileName().toString()).toList();
    return names.isEmpty()
        ? "no table (.csv, .tsv, .jsonl)"
        : "several tables, " + String.join(", ", names);
  }

  /** The split that a table's name says, or its folder's, where the place has more of them. */
  private static Optional<Split> split(Path place, Path file) {
    if (file.equals(place)) {
      return Optional.empty();
    }
    Path folder = file.getParent();
    if (isMetadata(file)) {
      return folder.equals(place) ? Optional.empty() : Split.of(folder.getFileName().toString());
    }
    boolean only = Files.isDirectory(place) && direct(place, each -> true).size() == 1;
    return only ? Optional.empty() : Split.inName(stem(file));
  }

  /** What reads a file, by the ending of its name; empty = no table. */
  static Optional<Source> kind(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "csv", "tsv" -> Optional.of(Source.CSV);
      case "jsonl", "ndjson" -> Optional.of(Source.JSONL);
      default -> Optional.empty();
    };
  }

  private static Table open(Path file, DataConfig config, Source source) {
    return switch (kind(file).orElse(source)) {
      case JSONL ->
          JsonTable.open(file, asked(config.columns()), config.encoding(), config.limits());
      default -> CsvTable.open(file, config.encoding(), config.limits());
    };
  }

  private static List<String> asked(TableColumns columns) {
    List<String> asked = new ArrayList<>(columns.caption());
    asked.addAll(
        List.of(
            columns.image(),
            columns.id(),
            columns.category(),
            columns.attributes(),
            columns.item(),
            columns.split()));
    asked.removeIf(String::isEmpty);
    return asked;
  }

  private static boolean isMetadata(Path file) {
    return stem(file).equalsIgnoreCase(METADATA);
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The tables that lie directly in a folder, in order. */
  private static List<Path> direct(Path folder, Predicate<Path> which) {
    return list(folder).stream()
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .filter(file -> kind(file).isPresent() && Files.isRegularFile(file))
        .filter(which)
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /** The files that a pattern such as {@code data/part-*.csv} names, in order. */
  private static List<Path> matching(Path pattern) {
    Path folder = pattern.getParent();
    while (folder.toString().matches(PATTERN)) {
      folder = folder.getParent();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.walk(folder, pattern.getNameCount() - folder.getNameCount())) {
      return files.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
