package org.visionfashion.config;

import java.util.List;

/**
 * What a run is called and what makes it repeatable.
 *
 * @param name folder below {@code checkpoints/}
 * @param seed seeds the weights, the order of the examples, augmentation and dropout
 * @param precision type of the matrix products in training
 * @param devices what trains: {@code auto}, the first GPU, else the CPU; {@code all}, every GPU,
 *     else the CPU; or names, {@code cpu}, {@code gpu0}, {@code gpu1}, ...
 * @param threads native threads, 0 = one a core
 * @param maxSkipped steps of a stage that may be skipped because loss or gradient is not finite, 0
 *     = the first one ends the run
 */
public record RunConfig(
    String name,
    long seed,
    Precision precision,
    List<String> devices,
    int threads,
    int maxSkipped) {

  /** A run's name is a folder's name. */
  public static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  /** The same in words. */
  public static final String NAME_RULE =
      "letters, digits, '.', '_' and '-', the first a letter or digit, 100 at most";

  /** The first GPU, else the CPU. */
  public static final String AUTO = "auto";

  /** Every GPU, else the CPU. */
  public static final String ALL = "all";

  /** The name of the processor. */
  public static final String CPU = "cpu";

  /** What the names of GPUs begin with; the number follows. */
  public static final String GPU = "gpu";
}
