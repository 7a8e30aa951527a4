package org.visionfashion.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.UserError;

/**
 * Reads a sweep: {@code name}, {@code base} (a file beside this one), {@code seeds}, {@code set}
 * (keys of an experiment, for all runs), {@code vary} (keys with a list of values, each value a
 * variant) and {@code variants} (a name and keys, for what one key cannot say).
 */
public final class SweepLoader {

  private static final String SET = "set.";
  private static final String VARY = "vary.";
  private static final String VARIANTS = "variants.";

  /** The keys of the sweep itself. */
  private record Head(
      @Key(
              usual = "sweep",
              pattern = RunConfig.NAME_PATTERN,
              rule = "be " + RunConfig.NAME_RULE,
              help = "name of the sweep; its runs begin with it")
          String name,
      @Key(
              usual = "demo.yaml",
              pattern = "(?s).*\\S.*",
              rule = "be an experiment's file",
              help = "the experiment that is varied, beside the sweep's file")
          String base,
      @Key(
              usual = "1",
              least = 1,
              rule = "be whole numbers [1, 2, ...]",
              help = "seeds of every variant")
          List<Long> seeds) {}

  private final Path file;
  private final Map<String, Setting> settings;
  private final List<String> problems = new ArrayList<>();

  private SweepLoader(Path file) {
    this.file = file;
    this.settings = SettingsReader.read(ConfigLoader.text(file), file.toString(), problems);
  }

  /**
   * Reads and checks a sweep, and the configuration of each variant in it.
   *
   * @throws UserError with all problems at once
   */
  public static Sweep load(Path file) {
    return new SweepLoader(file).read();
  }

  private Sweep read() {
    List<String> sets = below(SET).stream().map(each -> assignment(each, SET.length())).toList();
    List<Sweep.Variant> variants = variants();
    Binder binder = new Binder(rest(), problems);
    Head head = binder.read(Head.class, "");
    Sweep sweep =
        new Sweep(
            head.name(),
            file.toAbsolutePath().resolveSibling(head.base()),
            sets,
            head.seeds(),
            variants);
    binder.rejectUnknown();
    if (problems.isEmpty()) {
      check(sweep);
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return sweep;
  }

  private Collection<Setting> below(String prefix) {
    return settings.values().stream().filter(each -> each.key().startsWith(prefix)).toList();
  }

  private Map<String, Setting> rest() {
    Map<String, Setting> rest = new LinkedHashMap<>(settings);
    for (String prefix : List.of(SET, VARY, VARIANTS)) {
      rest.keySet().removeIf(key -> key.startsWith(prefix));
    }
    return rest;
  }

  private static String assignment(Setting setting, int from) {
    return setting.key().substring(from) + "=" + setting.text();
  }

  private List<Sweep.Variant> variants() {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(Sweep.BASE, List.of());
    for (Setting setting : below(VARY)) {
      String key = setting.key().substring(VARY.length());
      String last = key.substring(key.lastIndexOf('.') + 1);
      require(setting.list() && !setting.values().isEmpty(), setting, "needs a list [a, b]");
      setting
          .values()
          .forEach(value -> add(variants, setting, last + "-" + value, key + "=" + value));
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (Setting setting : below(VARIANTS)) {
      int dot = setting.key().indexOf('.', VARIANTS.length());
      require(dot > 0, setting, "needs a name and keys below it");
      if (dot > 0) {
        String name = setting.key().substring(VARIANTS.length(), dot);
        require(!variants.containsKey(name), setting, "repeats " + name);
        named.computeIfAbsent(name, each -> new ArrayList<>()).add(assignment(setting, dot + 1));
      }
    }
    variants.putAll(named);
    return variants.entrySet().stream()
        .map(each -> new Sweep.Variant(each.getKey(), each.getValue()))
        .toList();
  }

  private void add(
      Map<String, List<String>> variants, Setting setting, String name, String assignment) {
    require(variants.putIfAbsent(name, List.of(assignment)) == null, setting, "repeats " + name);
  }

  private void require(boolean holds, Setting setting, String rule) {
    if (!holds) {
      problems.add(setting.place() + ": " + setting.key() + " " + rule);
    }
  }

  /** A wrong value shows before the first run, not after hours. */
  private void check(Sweep sweep) {
    for (Sweep.Variant variant : sweep.variants()) {
      try {
        ConfigLoader.load(sweep.base(), sweep.run(variant, sweep.seeds().get(0)).sets());
      } catch (UserError e) {
        e.problems().stream()
            .map(problem -> file + ": variant " + variant.name() + ": " + problem)
            .forEach(problems::add);
      }
    }
  }
}
