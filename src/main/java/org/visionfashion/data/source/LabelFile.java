package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.base.OneLine;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * A label file of DeepFashion-MultiModal: on each line a file name and one code a column, separated
 * by white space. A line that breaks the form is reported and skipped.
 */
public final class LabelFile {

  private final Path file;
  private final List<FashionLabel> columns;
  private final List<Problem> problems;
  private final Map<String, Labels> labels = new HashMap<>();

  private LabelFile(Path file, List<FashionLabel> columns, List<Problem> problems) {
    this.file = file;
    this.columns = columns;
    this.problems = problems;
  }

  /**
   * Reads a label file.
   *
   * @param columns what the codes of each column mean
   * @param limits of the file and its lines
   * @param problems takes what is wrong
   * @return the labels by file name; none where the file is missing, which is a problem too
   */
  public static Map<String, Labels> read(
      Path file, List<FashionLabel> columns, LimitsConfig limits, List<Problem> problems) {
    if (!Files.isRegularFile(file)) {
      problems.add(
          new Problem(file, 0, Kind.MISSING_FILE, "no such file; its labels count as unknown"));
      return Map.of();
    }
    LabelFile reader = new LabelFile(file, columns, problems);
    TextFile text = TextFile.read(file, limits);
    text.noteEncoding(file, problems);
    for (int i = 0; i < text.lines().size(); i++) {
      String line = text.lines().get(i).strip();
      if (line.length() > limits.line()) {
        problems.add(TextFile.tooLong(file, i + 1, line.length(), limits));
      } else if (!line.isEmpty()) {
        reader.readLine(i + 1, line.split("\\s+"));
      }
    }
    return reader.labels;
  }

  /** Checks the name that a line or a caption is about; empty = it can be used. */
  static Optional<Problem> checkName(Path file, int line, String name) {
    Optional<FileName> parsed = FileName.parse(name);
    if (parsed.isEmpty()) {
      String message =
          "'%s' is not a file name of the form %s".formatted(OneLine.word(name), FileName.FORM);
      return Optional.of(new Problem(file, line, Kind.BAD_LINE, message));
    }
    if (parsed.get().clothing().isEmpty()) {
      String message =
          "unknown clothing type '%s' in %s"
              .formatted(OneLine.word(parsed.get().type()), OneLine.word(name));
      return Optional.of(new Problem(file, line, Kind.UNKNOWN_CODE, message));
    }
    return Optional.empty();
  }

  private void readLine(int line, String[] fields) {
    String name = fields[0];
    Optional<Problem> badName = checkName(file, line, name);
    if (badName.isPresent()) {
      problems.add(badName.get());
    } else if (fields.length != columns.size() + 1) {
      report(
          line,
          Kind.BAD_LINE,
          "%s: %d codes, expected %d".formatted(name, fields.length - 1, columns.size()));
    } else if (labels.containsKey(name)) {
      report(
          line,
          Kind.DUPLICATE,
          "%s is in line %d already; that one counts".formatted(name, labels.get(name).line()));
    } else {
      readCodes(line, fields);
    }
  }

  private void readCodes(int line, String[] fields) {
    int[] codes = new int[columns.size()];
    boolean known = true;
    for (int column = 0; column < codes.length; column++) {
      String field = fields[column + 1];
      codes[column] = code(field, columns.get(column).size());
      if (codes[column] < 0) {
        known = false;
        report(
            line,
            Kind.UNKNOWN_CODE,
            "%s: code '%s' for %s, allowed are 0 to %d"
                .formatted(
                    fields[0],
                    OneLine.word(field),
                    columns.get(column).group().name(),
                    columns.get(column).na()));
      }
    }
    if (known) {
      labels.put(fields[0], new Labels(line, codes));
    }
  }

  /** The code, or -1 where it is none of the column's. */
  private static int code(String field, int values) {
    try {
      int code = Integer.parseInt(field);
      return code < values ? Math.max(code, -1) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void report(int line, Kind kind, String message) {
    problems.add(new Problem(file, line, kind, message));
  }

  /**
   * The labels of one picture.
   *
   * @param line where they stand
   * @param codes one a column
   */
  public record Labels(int line, int[] codes) {}
}
