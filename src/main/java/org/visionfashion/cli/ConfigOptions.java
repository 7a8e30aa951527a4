package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.DataRoot;
import org.visionfashion.config.RunConfig;
import picocli.CommandLine.Option;

/** Which configuration, and what to change in it. */
final class ConfigOptions {

  private static final String RUN_NAME = "run.name";
  private static final String ROOT = "data.root";
  private static final String SOURCE = "data.source";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration, a YAML file such as those in configs/ (default: configs/demo.yaml, or the"
              + " run's own for an existing run).")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides one key of the configuration, for example contrastive.epochs=3; repeatable.")
  List<String> sets = new ArrayList<>();

  /** The options as {@code --config} and {@code --set} would give them. */
  static ConfigOptions of(Path file, List<String> sets) {
    ConfigOptions options = new ConfigOptions();
    options.file = file;
    options.sets = sets;
    return options;
  }

  /** The run that {@code --set} names, if it does. */
  Optional<String> runName() {
    return value(RUN_NAME, sets);
  }

  /** Whether {@code --set} names this key. */
  boolean sets(String key) {
    return value(key, sets).isPresent();
  }

  /** What the settings say of a key, if they do; the last one counts. */
  private static Optional<String> value(String key, List<String> sets) {
    return sets.stream()
        .map(set -> set.split("=", 2))
        .filter(set -> set.length == 2 && set[0].strip().equals(key))
        .map(set -> set[1].strip())
        .reduce((earlier, later) -> later);
  }

  /** The demo configuration of the project. */
  static Path demo() {
    return ProjectFolder.resolve("configs/demo.yaml");
  }

  /**
   * The configuration of something new: that of {@code --config}, else the demo's, or the one for
   * data of the user's own where a setting names such data; a run on them is called as they are.
   *
   * @param more settings that follow from other options; they win over {@code --set}
   */
  Config load(List<String> more) {
    List<String> all = all(more);
    if (file != null || !namesOwnData(all)) {
      return load(demo(), more);
    }
    value(ROOT, all)
        .flatMap(ConfigOptions::nameOf)
        .ifPresent(name -> all.add(0, RUN_NAME + "=" + name));
    return ConfigLoader.load(own(), all);
  }

  /** Whether a file or data of the user's own are named, which stand for a configuration. */
  boolean namesConfiguration() {
    return file != null || namesOwnData(sets);
  }

  /** Which file {@link #load(List)} reads and why, in words for the log. */
  String choice() {
    if (file != null) {
      return file + ", as the command line says";
    }
    return namesOwnData(sets)
        ? own() + ", for data other than the demo; --config names another"
        : demo() + ", the default; --config names another";
  }

  /** The setting of a place that was typed: a relative path starts at the current folder. */
  static String root(String typed) {
    return ROOT
        + "="
        + (DataRoot.isOnHub(typed) ? typed : Path.of(typed).toAbsolutePath().normalize());
  }

  /** A run on data of the user's own is called as they are, where that is a name. */
  private static Optional<String> nameOf(String root) {
    String place =
        new DataRoot(root, List.of()).repository().orElse(root.replaceFirst("\\.\\w+$", ""));
    return Optional.of(String.valueOf(Path.of(place).getFileName()))
        .filter(name -> name.matches(RunConfig.NAME_PATTERN));
  }

  private static Path own() {
    return ProjectFolder.resolve("configs/own.yaml");
  }

  private static boolean namesOwnData(List<String> sets) {
    Optional<String> source = value(SOURCE, sets);
    return !source.equals(Optional.of("demo"))
        && (source.isPresent()
            || sets.stream().anyMatch(set -> set.strip().matches(ROOT + "(\\.\\w+)?\\s*=.*")));
  }

  /**
   * The configuration of something that has one.
   *
   * @param usual the file where {@code --config} names none
   * @param more settings that follow from other options; they win over {@code --set}
   */
  Config load(Path usual, List<String> more) {
    return ConfigLoader.load(file == null ? usual : file, all(more));
  }

  private List<String> all(List<String> more) {
    List<String> all = new ArrayList<>(sets);
    all.addAll(more);
    return all;
  }
}
