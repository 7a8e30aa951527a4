package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.TableColumns;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Split;
import org.visionfashion.data.source.RootFiles.RootFile;
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

  private static final RootFiles.Kind KIND =
      new RootFiles.Kind() {
        @Override
        public String ending() {
          return ".csv, .tsv or .jsonl";
        }

        @Override
        public boolean isNamed(Path file) {
          return kind(file).isPresent();
        }

        @Override
        public List<Path> in(Path folder) {
          return TableFiles.in(folder)
              .orElseThrow(
                  () ->
                      new UserError(
                          "%s: %s; name the table itself in data.root"
                              .formatted(folder, there(folder))));
        }
      };

  private TableFiles() {}

  /**
   * The tables of a data set.
   *
   * @param source their format, where a file's name does not say it
   * @param problems takes the files that are left out
   * @throws UserError where there are none, or one cannot be opened
   */
  static List<TablePart> of(DataConfig config, Source source, List<Problem> problems) {
    RootFiles files = RootFiles.of(config, KIND, problems);
    List<TablePart> parts = new ArrayList<>();
    for (RootFile file : files.list()) {
      // A table alone says its splits in a column, whatever it is called.
      boolean alone = files.list().size() == 1 && config.root().parts().get(0).split().isEmpty();
      Optional<Split> split = alone ? Optional.empty() : file.split();
      parts.add(new TablePart(open(file.path(), config, source), files.base(), split));
    }
    return parts;
  }

  /** The tables of a folder that is a data set; empty where it is none. */
  static Optional<List<Path>> in(Path folder) {
    List<Path> tables = direct(folder);
    List<Path> metadata = metadata(folder, tables);
    if (!metadata.isEmpty()) {
      return Optional.of(metadata);
    }
    boolean splits = tables.stream().allMatch(RootFiles::namesSplit);
    return tables.size() == 1 || (!tables.isEmpty() && splits)
        ? Optional.of(tables)
        : Optional.empty();
  }

  /** Hugging Face's tables in a folder, else in its folders named after splits. */
  private static List<Path> metadata(Path folder, List<Path> tables) {
    List<Path> here = tables.stream().filter(TableFiles::isMetadata).toList();
    if (!here.isEmpty()) {
      return here;
    }
    List<Path> splits =
        RootFiles.walk(
            folder,
            1,
            files ->
                files
                    .filter(file -> Split.of(file.getFileName().toString()).isPresent())
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList());
    return splits.stream()
        .flatMap(split -> direct(split).stream())
        .filter(TableFiles::isMetadata)
        .toList();
  }

  static boolean hasTable(Path folder) {
    return !direct(folder).isEmpty();
  }

  /** What tables a folder has, for a message. */
  static String there(Path folder) {
    String names =
        direct(folder).stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "no table (.csv, .tsv, .jsonl)" : "several tables, " + names;
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
    return file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(METADATA + ".");
  }

  /** The tables that lie directly in a folder, in order. */
  private static List<Path> direct(Path folder) {
    return RootFiles.walk(
        folder,
        1,
        files ->
            files
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .filter(file -> kind(file).isPresent() && Files.isRegularFile(file))
                .sorted()
                .toList());
  }
}
