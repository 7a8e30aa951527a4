package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Split;
import org.visionfashion.data.Splits;
import org.visionfashion.data.table.Table;

/**
 * The examples of one or several tables, whatever their format.
 *
 * <p>Only the column of the pictures is required. An empty category, or an empty cell of
 * attributes, means not labelled; an empty item means that the picture is a product of its own.
 * Categories and attributes are the distinct values of all tables in alphabetical order. A row that
 * cannot be used is reported with its place and skipped.
 */
public final class TableSource implements DataSource {

  /** A column of free text has more values; every row would hold a byte for each. */
  private static final int MOST_LABELS = 10_000;

  private final String name;
  private final Path root;
  private final List<TablePart> parts;
  private final DataConfig config;

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
   * Reads the table at {@code data.root}, or the only one in that folder.
   *
   * @throws UserError where there is no table that can be opened
   */
  public static TableSource at(DataConfig config) {
    Path file = TableFiles.at(config.root().path());
    Table table = TableFiles.open(file, config.limits());
    TablePart part = new TablePart(table, file.toAbsolutePath().getParent(), Optional.empty());
    return new TableSource(file.getFileName().toString(), file, List.of(part), config);
  }

  @Override
  public Dataset load() {
    List<Problem> problems = new ArrayList<>();
    Entries entries = new Entries(problems);
    boolean items = false;
    boolean given = true;
    for (TablePart part : parts) {
      EntryReader reader = new EntryReader(part, config, problems);
      reader.read(entries);
      items |= reader.columns().item() != Columns.NONE;
      given &= part.split().isPresent() || reader.columns().split() != Columns.NONE;
    }
    boolean known = items && entries.all().stream().anyMatch(Entry::hasItem);
    LabelScheme scheme = scheme(entries.all());
    Map<String, Split> splits = splits(entries.all(), given, known);
    return new Dataset(
        name, root, scheme, examples(entries.all(), scheme, splits), problems, known);
  }

  private LabelScheme scheme(Collection<Entry> entries) {
    TreeSet<String> categories = new TreeSet<>();
    TreeSet<String> tags = new TreeSet<>();
    for (Entry entry : entries) {
      categories.add(entry.category());
      tags.addAll(entry.tags());
    }
    categories.remove("");
    checkCount("categories", "category", categories.size());
    checkCount("attributes", "attributes", tags.size());
    return LabelSchemes.custom(List.copyOf(categories), List.copyOf(tags));
  }

  private void checkCount(String what, String key, int count) {
    if (count > MOST_LABELS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d different %s, at most %,d can be learnt; is data.columns.%s another column?",
              root,
              count,
              what,
              MOST_LABELS,
              key));
    }
  }

  private static List<Example> examples(
      Collection<Entry> entries, LabelScheme scheme, Map<String, Split> splits) {
    Map<String, Integer> categories = places(scheme.categories());
    Map<String, Integer> tags = places(scheme.attributes());
    return entries.stream()
        .map(
            entry ->
                new Example(
                    entry.id(),
                    entry.picture(),
                    entry.captions(),
                    categories.getOrDefault(entry.category(), Example.UNKNOWN),
                    attributes(entry.tags(), tags),
                    entry.item(),
                    splits.get(entry.id())))
        .toList();
  }

  private Map<String, Split> splits(Collection<Entry> entries, boolean given, boolean items) {
    SplitRule rule = Splits.rule(config, given ? given() : "", items);
    if (rule == SplitRule.GIVEN) {
      return entries.stream().collect(Collectors.toMap(Entry::id, Entry::split));
    }
    return Splits.assign(
        entries.stream().collect(Collectors.toMap(Entry::id, Entry::item)), rule, config);
  }

  private String given() {
    return parts.get(0).split().isPresent() ? "the tables' names" : "the table's split column";
  }

  private static Map<String, Integer> places(List<String> labels) {
    Map<String, Integer> places = new HashMap<>();
    labels.forEach(label -> places.put(label, places.size()));
    return places;
  }

  private static byte[] attributes(List<String> own, Map<String, Integer> all) {
    byte[] attributes = new byte[all.size()];
    if (own.isEmpty()) {
      Arrays.fill(attributes, (byte) Example.UNKNOWN);
    }
    for (String tag : own) {
      attributes[all.get(tag)] = 1;
    }
    return attributes;
  }
}
