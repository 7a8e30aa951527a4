package org.visionfashion.config;

/** How the pairs of a batch are compared, in stage one and in the contrastive term of stage two. */
public record ObjectiveConfig(
    @Key(
            usual = "infonce",
            help = "infonce = softmax over the batch (CLIP), sigmoid = pair by pair (SigLIP)")
        Loss loss,
    @Key(
            usual = "0.07",
            when = "loss=sigmoid: 0.1",
            in = "[0.01, 100]",
            help = "tau; the logit scale is 1 / tau")
        double temperature,
    @Key(
            usual = "false",
            when = "loss=sigmoid: true",
            help = "whether stage one trains tau; with infonce the scale is at most 100")
        boolean learnableTemperature,
    @Key(
            usual = "parameter",
            help =
                "how a trained scale is kept at 100 or less: parameter = after each step, as CLIP;"
                    + " forward = in the loss, as the original notebook, where a scale beyond 100"
                    + " has no gradient any more")
        TemperatureClamp temperatureClamp,
    @Key(
            usual = "0",
            in = "[0, 1)",
            help = "share of a pair's target that is spread evenly over all candidates")
        double labelSmoothing,
    @Key(
            usual = "auto",
            help =
                "pairs with the same caption are not pushed apart: infonce leaves them out of each"
                    + " other's candidates, sigmoid counts them as positives; auto = where the"
                    + " captions are class names")
        MultiPositive multiPositive) {

  /** CLIP's loss at a fixed temperature. */
  public static final ObjectiveConfig INFONCE = Binder.of(ObjectiveConfig.class);

  /** SigLIP's loss: the scale starts at 10 and is trained. */
  public static final ObjectiveConfig SIGMOID = Binder.of(ObjectiveConfig.class, "loss=sigmoid");

  /** The losses of pairs. */
  public enum Loss {
    /** Softmax over the candidates of the batch (van den Oord et al. 2018). */
    INFONCE,
    /** Each candidate by itself, with a trained bias (Zhai et al. 2023, SigLIP). */
    SIGMOID
  }

  /** Whether pairs with the same caption are positives of each other. */
  public enum MultiPositive {
    /** Where there are no more distinct captions than categories. */
    AUTO,
    TRUE,
    FALSE
  }

  /** The same with {@code auto} decided. */
  public ObjectiveConfig decided(boolean captionsAreClasses) {
    return multiPositive == MultiPositive.AUTO
        ? Binder.with(this, "multi_positive=" + captionsAreClasses)
        : this;
  }

  /** How a trained logit scale is bounded. */
  public enum TemperatureClamp {
    /** The parameter itself, after each step of the optimizer and outside the graph (CLIP). */
    PARAMETER,
    /** Inside the graph: beyond the bound the gradient is zero (the original notebook). */
    FORWARD
  }
}
