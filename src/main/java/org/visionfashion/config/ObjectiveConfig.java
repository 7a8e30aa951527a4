package org.visionfashion.config;

/**
 * How the pairs of a batch are compared, in stage one and in the contrastive term of stage two.
 *
 * @param loss what is minimised
 * @param temperature tau; the logit scale is 1 / tau
 * @param learnableTemperature whether stage one trains tau (InfoNCE clamps the scale to 100)
 * @param labelSmoothing share of a pair's target that is spread evenly over all candidates
 * @param multiPositive whether all pairs with the same caption are positives of each other; else a
 *     pair only of itself
 */
public record ObjectiveConfig(
    Loss loss,
    double temperature,
    boolean learnableTemperature,
    double labelSmoothing,
    boolean multiPositive) {

  /** The losses of pairs. */
  public enum Loss {
    /** Softmax over the candidates of the batch (van den Oord et al. 2018). */
    INFONCE,
    /** Each candidate by itself, with a trained bias (Zhai et al. 2023, SigLIP). */
    SIGMOID
  }
}
