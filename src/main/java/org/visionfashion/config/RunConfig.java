package org.visionfashion.config;

import java.util.List;

/** What a run is called and what makes it repeatable. */
public record RunConfig(
    @Key(
            usual = "run",
            pattern = NAME_PATTERN,
            rule = "be " + NAME_RULE,
            help = "name of the run and of its folder below checkpoints/")
        String name,
    @Key(usual = "1", help = "seeds weights, order of examples, augmentation and dropout")
        long seed,
    @Key(
            usual = "fp32",
            help = "type of the matrix products in training; auto measures which is fastest here")
        Precision precision,
    @Key(
            usual = "[auto]",
            pattern = "auto|all|cpu|gpu\\d{1,3}",
            rule = "be auto, all, cpu or a list of GPUs [gpu0, gpu1, ...]",
            help = "what trains: auto = the first GPU, else the CPU; all = every GPU, else the CPU")
        List<String> devices,
    @Key(usual = "0", in = "[0, 1024]", help = "native threads; 0 = one per core") int threads,
    @Key(
            usual = "0",
            in = "[0, 1000000000]",
            help =
                "steps of a stage that may be skipped because loss or gradient is not finite; 0 ="
                    + " the first one ends the run")
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
