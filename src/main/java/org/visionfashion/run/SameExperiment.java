package org.visionfashion.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;

/**
 * A run is a function of its configuration, its data and its seed: who continues one may change
 * what does not touch the result, and stage two while it has not begun.
 */
public final class SameExperiment {

  /** What does not touch the result. Another number of devices drops other numbers, though. */
  private static final List<String> FREE =
      List.of(
          "run.name",
          "run.devices",
          "run.threads",
          "run.max_skipped",
          "data.workers",
          "data.prefetch",
          "data.max_broken",
          "eval.",
          "save.");

  /**
   * What may change when a run moves to another machine: the data's fingerprint decides whether
   * they are the same data, and another type of products only rounds differently.
   */
  private static final List<String> MOVABLE =
      List.of("run.precision", "data.source", "data.root", "data.columns.", "data.limits.");

  /** What a change of these means, for the log. */
  private static final Map<String, String> MEANING =
      Map.of(
          "run.precision", ": results are no longer bit-for-bit those of the run before",
          "data.root", ": its fingerprint decides whether it is the same data set");

  /** So many changed keys are named. */
  private static final int NAMED = 3;

  private SameExperiment() {}

  /**
   * Compares with the configuration in the run's folder.
   *
   * @param finetuneFree whether stage two's settings may change too
   * @return a line for every key that has changed
   * @throws UserError a line for every key that may not change and has; where they are many, it is
   *     another configuration, and one line says so
   */
  public static List<String> check(RunFolder run, Config config, boolean finetuneFree) {
    Map<String, Object> before = run.readConfig().flat();
    Map<String, Object> changed = config.flat();
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    List<String> refused =
        changed.keySet().stream().filter(key -> !isFree(key, finetuneFree)).toList();
    if (refused.size() > NAMED) {
      throw new UserError(another(run, refused));
    }
    if (!refused.isEmpty()) {
      throw new UserError(
          refused.stream().map(key -> line(run, key, before.get(key), changed.get(key))).toList());
    }
    return changed.entrySet().stream()
        .map(
            entry ->
                "%s is now %s, was %s%s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue(),
                        before.get(entry.getKey()),
                        MEANING.getOrDefault(entry.getKey(), "")))
        .toList();
  }

  /**
   * Which runs are one experiment with several seeds: those of equal answers. What does not touch
   * the result may differ too, unless a seed then occurs twice: whoever varies that compares it.
   *
   * @return an answer for each configuration
   */
  public static List<String> apartFromSeed(List<Config> configs) {
    Map<String, List<Config>> groups =
        configs.stream().collect(Collectors.groupingBy(config -> without(config, FREE)));
    return configs.stream()
        .map(
            config -> {
              String experiment = without(config, FREE);
              long seeds =
                  groups.get(experiment).stream().map(each -> each.run().seed()).distinct().count();
              return seeds == groups.get(experiment).size()
                  ? experiment
                  : without(config, List.of("run.name"));
            })
        .toList();
  }

  private static String without(Config config, List<String> beginnings) {
    Map<String, Object> keys = config.flat();
    keys.keySet().removeIf(key -> key.equals("run.seed") || begins(key, beginnings));
    return keys.toString();
  }

  private static boolean isFree(String key, boolean finetuneFree) {
    return begins(key, FREE)
        || begins(key, MOVABLE)
        || (finetuneFree && key.startsWith("finetune."));
  }

  private static boolean begins(String key, List<String> beginnings) {
    return beginnings.stream().anyMatch(key::startsWith);
  }

  private static String another(RunFolder run, List<String> keys) {
    return "run %s was begun with another configuration (%s and %d more keys differ): resume it with"
            .formatted(run.name(), String.join(", ", keys.subList(0, NAMED)), keys.size() - NAMED)
        + " --resume --run %s, or start another run with --run NAME".formatted(run.name());
  }

  private static String line(RunFolder run, String key, Object before, Object now) {
    return "run %s was begun with %s = %s, not %s: keep it, or start another run with --run NAME"
        .formatted(run.name(), key, before, now);
  }
}
