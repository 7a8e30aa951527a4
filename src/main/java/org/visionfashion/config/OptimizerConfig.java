package org.visionfashion.config;

/**
 * AdamW (Loshchilov and Hutter 2019) and its schedule.
 *
 * @param lr base rate
 * @param weightDecay decoupled decay, on matrices only
 * @param clip largest global gradient norm, 0 = no clipping
 * @param schedule how the rate changes
 * @param warmup share of all steps over which the rate rises linearly
 * @param plateauFactor factor at a plateau
 * @param plateauPatience epochs without a better validation loss before the factor applies
 */
public record OptimizerConfig(
    double lr,
    double weightDecay,
    double beta1,
    double beta2,
    double eps,
    double clip,
    ScheduleKind schedule,
    double warmup,
    double plateauFactor,
    int plateauPatience) {

  /** The schedules. */
  public enum ScheduleKind {
    COSINE,
    CONSTANT,
    PLATEAU
  }
}
