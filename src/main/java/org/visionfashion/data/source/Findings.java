package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.text.Captions;

/**
 * What the cells of a data set's tables say together, and what a user should know of it in a line
 * each: values that mean nothing, spellings, separators, pictures that are nowhere.
 */
final class Findings {

  /** Other separators that people use; a comma may also be part of a label. */
  private static final List<String> SEPARATORS = List.of(",", ";", "|", "/", "\t");

  private static final int NAMED = 3;

  private final MissingValues missing;
  private final String separator;
  private final Map<String, Nothing> nothing = new TreeMap<>();
  private final Spellings categories;
  private final Spellings tags;
  private final Map<String, Integer> separated = new TreeMap<>();
  private int attributeCells;
  private int tried;
  private int found;
  private String firstMissing = "";

  Findings(DataConfig config) {
    this.missing = new MissingValues(config.missing());
    this.separator = config.columns().separator();
    this.categories = new Spellings("categories", config.foldCase());
    this.tags = new Spellings("attributes", config.foldCase());
  }

  /**
   * A cell's text in its usual form; empty where it means that there is nothing.
   *
   * @param what the column's meaning, in the plural
   */
  String value(String what, String cell) {
    String text = Captions.normalise(cell);
    if (!missing.has(text)) {
      return text;
    }
    nothing.computeIfAbsent(what, each -> new Nothing()).add(text);
    return "";
  }

  /** Whether a text means that there is nothing. */
  boolean isNothing(String text) {
    return missing.has(text);
  }

  String category(String cell) {
    return categories.of(value("categories", cell));
  }

  String tag(String text) {
    return tags.of(value("attributes", text));
  }

  /** A cell of several attributes in one text. */
  void attributes(String cell) {
    attributeCells++;
    for (String each : SEPARATORS) {
      if (cell.contains(each)) {
        separated.merge(each, 1, Integer::sum);
      }
    }
    if (!SEPARATORS.contains(separator) && cell.contains(separator)) {
      separated.merge(separator, 1, Integer::sum);
    }
  }

  /** How many pictures were looked for in vain. */
  int missing() {
    return tried - found;
  }

  /** A picture was looked for in vain: where and why. */
  void missing(String why) {
    firstMissing = missing() == 0 ? why : firstMissing;
    tried++;
  }

  /** A picture was looked for and found. */
  void found() {
    tried++;
    found++;
  }

  /**
   * Makes sure that some picture is where the tables say.
   *
   * @throws UserError where all are missing; says of the first why
   */
  void requirePictures(Path root) {
    if (tried > 0 && found == 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: 0 of %,d pictures found, first tried in %s",
              root,
              tried,
              firstMissing));
    }
  }

  /** Tells in a line each. */
  void report(Path root, List<Problem> problems) {
    nothing.forEach(
        (what, values) -> problems.add(new Problem(root, 0, Kind.SUSPICIOUS, values.line(what))));
    categories.noteCase(root, problems);
    categories.noteOne(root, problems);
    tags.noteCase(root, problems);
    otherSeparator()
        .ifPresent(
            other ->
                problems.add(
                    new Problem(
                        root,
                        0,
                        Kind.SUSPICIOUS,
                        "no cell of the attributes has '%s', %d of %d have '%s'; data.columns.separator: '%s' splits them"
                            .formatted(
                                separator, separated.get(other), attributeCells, other, other))));
  }

  /** What most cells have where none has the separator. */
  private Optional<String> otherSeparator() {
    if (separated.containsKey(separator)) {
      return Optional.empty();
    }
    return SEPARATORS.stream()
        .filter(each -> separated.getOrDefault(each, 0) * 2 > attributeCells)
        .max((one, other) -> separated.get(one) - separated.get(other));
  }

  /** Values that mean nothing. */
  private static final class Nothing {

    private final Set<String> values = new LinkedHashSet<>();
    private int count;

    void add(String value) {
      count++;
      if (values.size() < NAMED) {
        values.add(OneLine.word(value));
      }
    }

    String line(String what) {
      return String.format(
          Locale.ROOT,
          "%s '%s' (%,d) count as missing; data.missing says which do",
          what,
          String.join("', '", values),
          count);
    }
  }
}
