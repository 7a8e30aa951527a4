package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.visionfashion.data.source.CsvTable.Row;

/**
 * A user's table: a row a picture, UTF-8, separated by comma, semicolon or tab, with a header.
 *
 * <p>Only the image column is required. An empty category, or an empty cell of attributes, means
 * not labelled; an empty item means that the picture is a product of its own. Categories and
 * attributes are the distinct values of the table in alphabetical order. A row that cannot be used
 * is reported with its line and skipped.
 */
public final class CsvSource implements DataSource {

  /** A column of free text has more values; every row would hold a byte for each. */
  private static final int MOST_LABELS = 10_000;

  private final DataConfig config;

  public CsvSource(DataConfig config) {
    this.config = config;
  }

  @Override
  public Dataset load() {
    Path file = table(config.root().path());
    List<Problem> problems = new ArrayList<>();
    List<Row> rows = CsvTable.read(file, config.limits(), problems);
    CsvHeader header = CsvHeader.read(file, rows.get(0), config, problems);
    List<CsvEntry> entries =
        new CsvEntryReader(file, header, config.limits(), problems)
            .read(rows.subList(1, rows.size()));
    LabelScheme scheme = scheme(file, entries);
    return new Dataset(
        file.getFileName().toString(),
        file,
        scheme,
        examples(entries, scheme, splits(header, entries)),
        problems,
        itemsKnown(header, entries));
  }

  /** The table itself, or the only table in the folder. */
  private static Path table(Path root) {
    if (Files.isRegularFile(root)) {
      return root;
    }
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such table or folder (data.root)");
    }
    List<Path> tables = SourceInference.tables(root);
    if (tables.size() != 1) {
      throw new UserError(
          "%s: %s; name the table itself in data.root"
              .formatted(
                  root, tables.isEmpty() ? "no .csv or .tsv file" : "several tables " + tables));
    }
    return tables.get(0);
  }

  private static LabelScheme scheme(Path file, List<CsvEntry> entries) {
    TreeSet<String> categories = new TreeSet<>();
    TreeSet<String> tags = new TreeSet<>();
    for (CsvEntry entry : entries) {
      categories.add(entry.category());
      tags.addAll(entry.tags());
    }
    categories.remove("");
    checkCount(file, "categories", categories.size());
    checkCount(file, "attributes", tags.size());
    return LabelSchemes.custom(List.copyOf(categories), List.copyOf(tags));
  }

  private static void checkCount(Path file, String what, int count) {
    if (count > MOST_LABELS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d different %s, at most %,d can be learnt; is data.csv.%s another column?",
              file,
              count,
              what,
              MOST_LABELS,
              what.equals("categories") ? "category" : "attributes"));
    }
  }

  private static boolean itemsKnown(CsvHeader header, List<CsvEntry> entries) {
    return header.item() >= 0
        && entries.stream().anyMatch(entry -> !entry.item().equals(entry.id()));
  }

  private static List<Example> examples(
      List<CsvEntry> entries, LabelScheme scheme, Map<String, Split> splits) {
    Map<String, Integer> categories = places(scheme.categories());
    Map<String, Integer> tags = places(scheme.attributes());
    return entries.stream()
        .sorted(Comparator.comparing(CsvEntry::id))
        .map(
            entry ->
                new Example(
                    entry.id(),
                    entry.image(),
                    entry.caption(),
                    categories.getOrDefault(entry.category(), Example.UNKNOWN),
                    attributes(entry.tags(), tags),
                    entry.item(),
                    splits.get(entry.id())))
        .toList();
  }

  private Map<String, Split> splits(CsvHeader header, List<CsvEntry> entries) {
    String given = header.split() < 0 ? "" : "the table's split column";
    SplitRule rule = Splits.rule(config, given, itemsKnown(header, entries));
    if (rule == SplitRule.GIVEN) {
      return entries.stream().collect(Collectors.toMap(CsvEntry::id, CsvEntry::split));
    }
    return Splits.assign(
        entries.stream().collect(Collectors.toMap(CsvEntry::id, CsvEntry::item)), rule, config);
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
