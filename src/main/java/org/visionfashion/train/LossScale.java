package org.visionfashion.train;

import java.util.Locale;

/**
 * The factor that a loss is multiplied by before it is differentiated, so that small gradients do
 * not vanish in half precision (Micikevicius et al. 2018, section 3.2). A step whose gradients are
 * not finite is skipped and halves the factor; many good ones in a row double it. The numbers are
 * those of PyTorch's {@code GradScaler}.
 *
 * @param dynamic whether it changes; else the factor is 1 and a step that is not finite ends the
 *     run
 * @param factor of the loss
 * @param goodSteps finite steps since the last change
 * @param skippedSteps steps that were not made, in all
 */
public record LossScale(boolean dynamic, double factor, int goodSteps, long skippedSteps) {

  /** For types with the range of single precision. */
  public static final LossScale NONE = new LossScale(false, 1, 0, 0);

  /** Where half precision starts. */
  public static final LossScale INITIAL = new LossScale(true, 65_536, 0, 0);

  static final int GROWTH_INTERVAL = 2000;
  private static final double LARGEST = 0x1p24;

  /** Behind a step that was made. */
  LossScale grown() {
    if (!dynamic) {
      return this;
    }
    boolean due = goodSteps + 1 == GROWTH_INTERVAL;
    return new LossScale(
        true, due ? Math.min(2 * factor, LARGEST) : factor, due ? 0 : goodSteps + 1, skippedSteps);
  }

  /** What is logged at the end of a stage in which steps were skipped. */
  String summary(long steps) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d steps were skipped, their gradients were not finite; the loss scale is %,.0f",
        skippedSteps,
        steps,
        factor);
  }

  /** Whether a smaller factor may help. */
  boolean canShrink() {
    return dynamic && factor > 1;
  }

  /** Behind a step that was skipped. */
  LossScale afterSkip() {
    return dynamic
        ? new LossScale(true, canShrink() ? factor / 2 : factor, 0, skippedSteps + 1)
        : this;
  }
}
