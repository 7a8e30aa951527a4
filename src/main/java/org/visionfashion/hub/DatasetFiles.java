package org.visionfashion.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;

/**
 * Which Parquet files a data set consists of, and of which split each is: as the card says, else by
 * the names that the Hub's own library goes by. Source: "File names and splits" in the Hub's
 * documentation of data sets.
 */
final class DatasetFiles {

  static final String PARQUET = ".parquet";

  /** A part of a large file: {@code train-00000-of-00004.parquet}. */
  private static final Pattern SHARD =
      Pattern.compile("(.*?)-(\\d{5})-of-(\\d{5})(?:-[^/]*)?\\.parquet");

  /** What the Hub's library takes for a split in the name of a file or folder. */
  private static final Map<String, String> SPLITS =
      Map.ofEntries(
          Map.entry("train", "train"),
          Map.entry("training", "train"),
          Map.entry("validation", "validation"),
          Map.entry("valid", "validation"),
          Map.entry("val", "validation"),
          Map.entry("dev", "validation"),
          Map.entry("test", "test"),
          Map.entry("testing", "test"),
          Map.entry("eval", "test"),
          Map.entry("evaluation", "test"));

  private final String dataset;
  private final List<String> names;

  /**
   * @param dataset what the user called it, for messages
   * @param names all files of the repository
   */
  DatasetFiles(String dataset, List<String> names) {
    this.dataset = dataset;
    this.names =
        names.stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(PARQUET))
            .sorted()
            .toList();
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** The files by the names of their splits; an empty name where no split is named. */
  Map<String, List<String>> of(DatasetCard card, Optional<String> config, boolean converted) {
    Map<String, List<String>> files =
        card.configs().isEmpty() ? ofFolder(config, converted) : ofCard(card, config);
    files.values().forEach(this::requireWhole);
    return files;
  }

  private Map<String, List<String>> ofCard(DatasetCard card, Optional<String> wanted) {
    DatasetCard.Config config = chosen(card.configs(), wanted);
    String folder = config.folder().isEmpty() ? "" : config.folder() + "/";
    if (config.files().isEmpty()) {
      return byName(below(folder));
    }
    Map<String, List<String>> files = new LinkedHashMap<>();
    for (DatasetCard.SplitFiles split : config.files()) {
      List<String> found = files.computeIfAbsent(split.split(), name -> new ArrayList<>());
      for (String pattern : split.patterns()) {
        Predicate<String> matches = glob(folder + pattern).asMatchPredicate();
        names.stream().filter(matches).filter(name -> !found.contains(name)).forEach(found::add);
      }
      if (found.isEmpty()) {
        throw new UserError(
            "%s: its README.md names %s for the split \"%s\" of the configuration \"%s\", but no Parquet file there matches"
                .formatted(
                    dataset,
                    OneLine.word(split.patterns().toString()),
                    OneLine.word(split.split()),
                    OneLine.word(config.name())));
      }
    }
    return files;
  }

  /** The one that is named, else the usual one, else the only one. */
  private DatasetCard.Config chosen(List<DatasetCard.Config> configs, Optional<String> wanted) {
    List<String> all = configs.stream().map(DatasetCard.Config::name).toList();
    Predicate<DatasetCard.Config> meant =
        wanted.isPresent()
            ? config -> config.name().equals(wanted.get())
            : config -> config.usual() || configs.size() == 1;
    return configs.stream()
        .filter(meant)
        .findFirst()
        .or(() -> configs.stream().filter(each -> isDefault(wanted, each.name())).findFirst())
        .orElseThrow(() -> noConfig(wanted, all));
  }

  private static boolean isDefault(Optional<String> wanted, String name) {
    return wanted.isEmpty() && name.equals("default");
  }

  private UserError noConfig(Optional<String> wanted, List<String> all) {
    String there = OneLine.word(String.join(", ", all));
    String example = dataset + "#" + (all.isEmpty() ? "NAME" : OneLine.word(all.get(0)));
    return new UserError(
        wanted
            .map(
                name ->
                    "%s has no configuration \"%s\"%s; it has %s"
                        .formatted(dataset, name, OneLine.word(Nearest.hint(name, all)), there))
            .orElse(
                "%s has several configurations, %s: name one, as in %s"
                    .formatted(dataset, there, example)));
  }

  /** A configuration that no card names is a folder; the Hub's own conversion has nothing else. */
  private Map<String, List<String>> ofFolder(Optional<String> wanted, boolean converted) {
    if (wanted.isEmpty() && !converted) {
      return byName(names);
    }
    TreeSet<String> folders =
        names.stream()
            .filter(name -> name.contains("/"))
            .map(name -> name.substring(0, name.indexOf('/')))
            .collect(Collectors.toCollection(TreeSet::new));
    String folder =
        wanted
            .or(() -> folders.size() == 1 ? Optional.of(folders.first()) : Optional.of("default"))
            .filter(folders::contains)
            .orElseThrow(() -> noConfig(wanted, List.copyOf(folders)));
    return byName(below(folder + "/"));
  }

  private List<String> below(String folder) {
    return names.stream().filter(name -> name.startsWith(folder)).toList();
  }

  /**
   * {@code data/SPLIT-00000-of-00004.parquet} of any split, else those with the word of a split in
   * their path, else all as one.
   */
  private static Map<String, List<String>> byName(List<String> files) {
    Map<String, List<String>> shards = new TreeMap<>();
    Map<String, List<String>> words = new TreeMap<>();
    for (String file : files) {
      Matcher shard = SHARD.matcher(file);
      if (shard.matches() && shard.group(1).matches("data/[^/]+")) {
        add(shards, shard.group(1).substring("data/".length()), file);
      }
      word(file).ifPresent(split -> add(words, split, file));
    }
    if (!shards.isEmpty()) {
      return shards;
    }
    return words.isEmpty() ? Map.of("", files) : words;
  }

  private static void add(Map<String, List<String>> files, String split, String file) {
    files.computeIfAbsent(split, name -> new ArrayList<>()).add(file);
  }

  /** The split that a word of the path names; the last one counts. */
  private static Optional<String> word(String file) {
    String split = null;
    for (String word : file.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
      split = SPLITS.getOrDefault(word, split);
    }
    return Optional.ofNullable(split);
  }

  /** The split of ours that the name of one of theirs means. */
  static Optional<String> canonical(String split) {
    return Optional.ofNullable(SPLITS.get(split.toLowerCase(Locale.ROOT)));
  }

  /** Of files that are numbered, none may be missing. */
  private void requireWhole(List<String> files) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String file : files) {
      Matcher shard = SHARD.matcher(file);
      if (shard.matches()) {
        counts.merge(shard.group(1) + "-*-of-" + shard.group(3), 1, Integer::sum);
      }
    }
    counts.forEach(
        (shards, count) -> {
          int all = Integer.parseInt(shards.substring(shards.length() - 5));
          if (count < all) {
            throw new UserError(
                "%s: %d of the %d files %s%s are missing"
                    .formatted(dataset, all - count, all, shards, PARQUET));
          }
        });
  }

  /** Wildcards as the Hub's library reads them: {@code **} crosses folders, {@code *} does not. */
  static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    Matcher token =
        Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?|\\[!?[^\\]/]+]|[^*?\\[]+|\\[").matcher(pattern);
    while (token.find()) {
      String text = token.group();
      regex.append(
          switch (text) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            default ->
                text.length() > 2 && text.startsWith("[")
                    ? text.replaceFirst("^\\[!", "[^").replace("\\", "\\\\").replace("&&", "&\\&")
                    : Pattern.quote(text);
          });
    }
    return Pattern.compile(regex.toString());
  }
}
