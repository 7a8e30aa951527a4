package org.visionfashion.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small grid of runs: a base experiment and variants of it, all with the same seeds. The base
 * itself is the first variant.
 *
 * @param name of the sweep; its runs are called {@code <name>-<variant>-seed<seed>}
 * @param base the experiment's file
 * @param sets {@code key=value}, for all runs
 * @param seeds values of {@code run.seed}
 * @param variants in the order of the file, the base first
 */
public record Sweep(
    String name, Path base, List<String> sets, List<Long> seeds, List<Variant> variants) {

  /** What the base is called among the variants. */
  public static final String BASE = "base";

  /**
   * A way to train.
   *
   * @param sets {@code key=value}: what differs from the base
   */
  public record Variant(String name, List<String> sets) {

    public Variant {
      sets = List.copyOf(sets);
    }
  }

  /**
   * A run of the sweep.
   *
   * @param sets all that is set on top of the base's file
   */
  public record Run(String name, Variant variant, long seed, List<String> sets) {}

  public Sweep {
    sets = List.copyOf(sets);
    seeds = List.copyOf(seeds);
    variants = List.copyOf(variants);
  }

  /** All runs: every variant with the first seed, then with the next. */
  public List<Run> runs() {
    return seeds.stream()
        .flatMap(seed -> variants.stream().map(variant -> run(variant, seed)))
        .toList();
  }

  /** A variant's run with a seed. */
  public Run run(Variant variant, long seed) {
    String run = "%s-%s-seed%d".formatted(name, variant.name(), seed);
    List<String> all = new ArrayList<>(sets);
    all.addAll(variant.sets());
    all.add("run.seed=" + seed);
    all.add("run.name=" + run);
    return new Run(run, variant, seed, List.copyOf(all));
  }
}
