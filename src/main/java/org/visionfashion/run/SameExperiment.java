package org.visionfashion.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;

/**
 * A run is a function of its configuration: whoever continues one may change what does not touch
 * the result, and stage two while it has not begun.
 */
public final class SameExperiment {

  /** Another number of devices drops other numbers, but a run must be able to move. */
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

  private SameExperiment() {}

  /**
   * Compares with the configuration in the run's folder.
   *
   * @param finetuneFree whether stage two's settings may change too
   * @return a line for every key that has changed
   * @throws UserError a line for every key that may not change and has
   */
  public static List<String> check(RunFolder run, Config config, boolean finetuneFree) {
    Map<String, Object> before = run.readConfig().flat();
    Map<String, Object> changed = new LinkedHashMap<>(config.flat());
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    List<String> refused =
        changed.entrySet().stream()
            .filter(entry -> !isFree(entry.getKey(), finetuneFree))
            .map(entry -> line(run, entry.getKey(), before.get(entry.getKey()), entry.getValue()))
            .toList();
    if (!refused.isEmpty()) {
      throw new UserError(refused);
    }
    return changed.entrySet().stream()
        .map(
            entry ->
                "%s is %s now, was %s"
                    .formatted(entry.getKey(), entry.getValue(), before.get(entry.getKey())))
        .toList();
  }

  /** The same for runs that differ by their seed and by what does not touch the result. */
  public static String apartFromSeed(Config config) {
    Map<String, Object> keys = config.flat();
    keys.keySet().removeIf(key -> key.equals("run.seed") || isFree(key, false));
    return keys.toString();
  }

  private static boolean isFree(String key, boolean finetuneFree) {
    return FREE.stream().anyMatch(key::startsWith) || (finetuneFree && key.startsWith("finetune."));
  }

  private static String line(RunFolder run, String key, Object before, Object now) {
    return "run %s was begun with %s = %s, not %s: leave it, or begin another with --run NAME"
        .formatted(run.name(), key, before, now);
  }
}
