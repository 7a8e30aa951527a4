package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Entry;
import org.visionfashion.data.ExamplesBuilder;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Splits;

/**
 * The examples of one or several tables, whatever their format.
 *
 * <p>Only the column of the pictures is required. An empty category, or an empty cell of
 * attributes, means not labelled; an empty item means that the picture is a product of its own.
 * Categories and attributes are the distinct values of all tables in alphabetical order. A row that
 * cannot be used is reported with its place and skipped.
 */
public final class TableSource implements DataSource {

  private static final Logger LOG = LoggerFactory.getLogger(TableSource.class);

  /** A column of free text has more values; every row would hold a byte for each. */
  private static final int MOST_LABELS = 10_000;

  private final String name;
  private final Path root;
  private final List<TablePart> parts;
  private final DataConfig config;
  private final Set<Path> inputs = new HashSet<>();
  private final List<Problem> leftOut = new ArrayList<>();
  private final Set<String> choices = new HashSet<>();

  /**
   * Reads tables.
   *
   * @param name of the data set, for reports
   * @param root where it lies
   * @param parts the tables, at least one
   */
  public TableSource(String name, Path root, List<TablePart> parts, DataConfig config) {
    this.name = name;
    this.root = root;
    this.parts = List.copyOf(parts);
    this.config = config;
  }

  /**
   * Reads the tables at {@code data.root}.
   *
   * @param source their format, where a file's name does not say it
   * @throws UserError where there is no table that can be opened
   */
  public static TableSource at(DataConfig config, Source source) {
    List<Problem> problems = new ArrayList<>();
    List<TablePart> parts = TableFiles.of(config, source, problems);
    Path root = parts.size() == 1 ? parts.get(0).table().file() : parts.get(0).base();
    TableSource tables = new TableSource(root.getFileName().toString(), root, parts, config);
    tables.leftOut.addAll(problems);
    return tables;
  }

  @Override
  public Dataset load() {
    List<Problem> problems = new ArrayList<>(leftOut);
    try {
      return read(problems);
    } catch (OutOfMemoryError e) { // what was read is free again
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: there is more to it than %,d MB of memory hold (%,d problems so far); give Java"
                  + " more, for example JAVA_OPTS=-Xmx8g",
              root,
              Runtime.getRuntime().maxMemory() >> 20,
              problems.size()),
          e);
    }
  }

  private Dataset read(List<Problem> problems) {
    Findings findings = new Findings(config);
    boolean items = false;
    boolean given = true;
    try (ExamplesBuilder examples = new ExamplesBuilder(parts.get(0).base())) {
      for (int i = 0; i < parts.size(); i++) {
        EntryReader reader =
            new EntryReader(parts.get(i), i, config, findings, problems, this::choose);
        reader.read(entry -> add(entry, examples));
        inputs.add(parts.get(i).table().file());
        inputs.addAll(reader.folders());
        items |= reader.columns().item() != Columns.NONE;
        given &= parts.get(i).split().isPresent() || reader.columns().split() != Columns.NONE;
      }
      findings.requirePictures(root);
      findings.report(root, problems);
      boolean known = items && examples.itemsKnown();
      SplitRule rule = Splits.rule(config, given ? given() : "", known);
      return new Dataset(
          name,
          root,
          examples.scheme(),
          examples.build(rule, config, new RepeatedRows(parts, problems)),
          problems,
          known,
          rule == SplitRule.GIVEN);
    }
  }

  @Override
  public Set<Path> inputs() {
    return Set.copyOf(inputs);
  }

  private void add(Entry entry, ExamplesBuilder examples) {
    examples.add(entry);
    checkCount("categories", "category", examples.categories());
    checkCount("attributes", "attributes", examples.tags());
  }

  private void checkCount(String what, String key, int count) {
    if (count > MOST_LABELS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d different %s or more, at most %,d can be learnt; is data.columns.%s another"
                  + " column?",
              root,
              count,
              what,
              MOST_LABELS,
              key));
    }
  }

  private void choose(String choice) {
    if (choices.add(choice)) {
      LOG.info("{}: {}", root, choice);
    }
  }

  private String given() {
    return parts.get(0).split().isPresent() ? "the tables' names" : "the table's split column";
  }

  /**
   * The problems of parts of the same form: notes on a whole table, such as which columns are not
   * used, are told of the first.
   */
  static List<Problem> toldOnce(List<Problem> problems) {
    Set<String> told = new HashSet<>();
    return problems.stream()
        .filter(
            problem ->
                problem.kind() != Problem.Kind.UNUSED
                    || problem.line() > 0
                    || told.add(problem.message()))
        .toList();
  }
}
