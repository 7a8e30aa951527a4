package org.visionfashion.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.visionfashion.base.OneLine;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.table.Row;
import org.visionfashion.data.table.Table;

/** Finds the pictures that a table names by their paths; reports those that are not there. */
final class PictureFiles {

  /** The place of the cell in {@code data.columns.path}. */
  private static final String CELL = "{}";

  /** So many missing pictures are looked for elsewhere, to say what would help. */
  private static final int HINTED = 3;

  /**
   * How JPEG, PNG, GIF and WebP begin as base64 text; such a path would be too long to look for.
   */
  private static final Pattern BASE64 =
      Pattern.compile("data:image/|(?:/9j/|iVBORw0KGgo|R0lGOD|UklGR)[A-Za-z0-9+/=\\r\\n]{48}");

  private final Table table;
  private final Path base;
  private final String path;
  private final Findings findings;
  private final List<Problem> problems;
  private final Enclosure enclosure;
  private final ImageFiles images = new ImageFiles();
  private final PictureHint hints;

  PictureFiles(TablePart part, DataConfig config, Findings findings, List<Problem> problems) {
    this.table = part.table();
    this.base = part.base().toAbsolutePath().normalize();
    this.path = config.columns().path();
    this.findings = findings;
    this.problems = problems;
    this.enclosure = new Enclosure(base, config.limits());
    Path folder = table.file().toAbsolutePath().getParent();
    this.hints =
        new PictureHint(
            folder, new ImageFiles(), path -> enclosure.problem(path, path, 0).isEmpty());
  }

  /**
   * The file that a cell names; empty where it cannot be used, which is reported.
   *
   * @param cell not empty
   */
  Optional<Path> find(Row row, String cell) {
    if (BASE64.matcher(cell).lookingAt()) {
      String message =
          "the cell holds the picture itself as text (base64); write it to a file, or as bytes to a"
              + " binary column of a Parquet file";
      missing(row, problem(row, Kind.MISSING_IMAGE, message));
      return Optional.empty();
    }
    // Tables written on Windows may separate folders by a backslash.
    String written = path.replace(CELL, cell).replace('\\', '/');
    Path file;
    try {
      file = table.file().resolveSibling(written).normalize();
    } catch (InvalidPathException e) {
      String message = "'%s' is not a path".formatted(OneLine.word(written));
      problems.add(problem(row, Kind.BAD_LINE, message).skipping());
      return Optional.empty();
    }
    Optional<Problem> wrong =
        enclosure
            .problem(file, table.file(), row.number())
            .or(
                () ->
                    images.exists(file)
                        ? Optional.empty()
                        : Optional.of(
                            problem(row, Kind.MISSING_IMAGE, "no such picture: " + file)));
    if (wrong.isEmpty()) {
      findings.found();
      return Optional.of(file);
    }
    report(row, written, wrong.get());
    return Optional.empty();
  }

  private void report(Row row, String written, Problem wrong) {
    String hint =
        findings.missing() < HINTED ? hints.of(written).map(help -> "; " + help).orElse("") : "";
    missing(row, problem(row, wrong.kind(), wrong.message() + hint));
  }

  private void missing(Row row, Problem problem) {
    findings.missing(row.place() + ": " + problem.message());
    problems.add(problem.skipping());
  }

  private Problem problem(Row row, Kind kind, String message) {
    return new Problem(table.file(), row.number(), kind, message);
  }

  /** A file's path from the data set's folder, the same wherever that is. */
  String id(Path file) {
    Path whole = file.toAbsolutePath();
    return base.getRoot().equals(whole.getRoot())
        ? base.relativize(whole).toString().replace('\\', '/')
        : whole.toString();
  }

  /** The folders that pictures were looked for in. */
  Set<Path> folders() {
    return images.folders();
  }
}
