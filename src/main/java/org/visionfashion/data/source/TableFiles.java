package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.table.CsvTable;
import org.visionfashion.data.table.Table;

/** Which files are tables, and how each is opened. */
final class TableFiles {

  private TableFiles() {}

  /**
   * The table itself, or the only table in the folder.
   *
   * @param root the value of {@code data.root}
   * @throws UserError where there is none, or several
   */
  static Path at(Path root) {
    if (Files.isRegularFile(root)) {
      return root;
    }
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such table or folder (data.root)");
    }
    List<Path> tables = in(root);
    if (tables.size() != 1) {
      throw new UserError(
          "%s: %s; name the table itself in data.root"
              .formatted(
                  root, tables.isEmpty() ? "no .csv or .tsv file" : "several tables " + tables));
    }
    return tables.get(0);
  }

  /** The tables that lie directly in a folder, in order. */
  static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(TableFiles::isTable).sorted().toList();
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  static boolean isTable(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".csv") || name.endsWith(".tsv"))
        && Files.isRegularFile(file);
  }

  /** Opens a table of any format. */
  static Table open(Path file, LimitsConfig limits) {
    return CsvTable.open(file, limits);
  }
}
