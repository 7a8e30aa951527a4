package org.visionfashion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a stage has come: all that the loop remembers besides weights and moments.
 *
 * @param epoch epochs completed
 * @param step steps completed in all
 * @param underWay the epoch that has begun
 * @param best epoch so far
 * @param validationLosses one an epoch that was validated
 * @param adapted what was found out about numbers and memory
 */
public record Progress(
    int epoch,
    long step,
    UnderWay underWay,
    Best best,
    List<Double> validationLosses,
    Adapted adapted) {

  /** Before the first step. */
  public static final Progress START =
      new Progress(0, 0, UnderWay.NOTHING, Best.NONE, List.of(), new Adapted(LossScale.NONE, 0, 0));

  /**
   * The epoch under way.
   *
   * @param nextBatch batches that are behind, those that were skipped as broken included
   * @param steps completed of it
   * @param loss sum of the losses of these steps
   */
  public record UnderWay(int nextBatch, int steps, double loss) {

    static final UnderWay NOTHING = new UnderWay(0, 0, 0);

    /** Mean training loss of the epoch's steps. */
    double meanLoss() {
      return loss / Math.max(1, steps);
    }
  }

  /**
   * The epoch whose weights are kept.
   *
   * @param epoch from 1; 0 = the start, where it was scored ({@link #isKnown})
   * @param score on the validation split
   * @param loss on the validation split
   */
  public record Best(int epoch, double score, double loss) {

    static final Best NONE = new Best(0, Double.NaN, Double.NaN);

    /** Whether anything has been scored; without a validation split nothing is. */
    boolean isKnown() {
      return !Double.isNaN(score);
    }

    /** Among equal scores the lower loss; without a validation split the last epoch. */
    boolean isBeatenBy(Optional<Validation> validation) {
      return !isKnown()
          || validation.isEmpty()
          || validation.get().score() > score
          || (validation.get().score() == score && validation.get().loss() < loss);
    }
  }

  /**
   * What the loop has found out.
   *
   * @param lossScale of the next step
   * @param notFinite steps skipped because loss or gradient was not finite, those of the loss scale
   *     apart
   * @param fittingExamples how many examples at once memory was found to be enough for; 0 = unknown
   */
  public record Adapted(LossScale lossScale, int notFinite, int fittingExamples) {}

  public Progress {
    validationLosses = List.copyOf(validationLosses);
  }

  LossScale lossScale() {
    return adapted.lossScale();
  }

  /** The same place, with another loss scale. */
  Progress with(LossScale other) {
    Adapted changed = new Adapted(other, adapted.notFinite(), adapted.fittingExamples());
    return new Progress(epoch, step, underWay, best, validationLosses, changed);
  }

  /**
   * Behind a step. A loss that is not finite, of a step that was skipped, counts as the mean of the
   * others.
   *
   * @param batch its place in the epoch, from 0
   */
  Progress nextStep(int batch, double loss, Adapted next) {
    double counted = Double.isFinite(loss) ? loss : underWay.meanLoss();
    UnderWay behind = new UnderWay(batch + 1, underWay.steps() + 1, underWay.loss() + counted);
    return new Progress(epoch, step + 1, behind, best, validationLosses, next);
  }

  /** The same place, now that the weights of the start are scored. */
  Progress startScored(Validation start) {
    Best scored = new Best(0, start.score(), start.loss());
    return new Progress(epoch, step, underWay, scored, validationLosses, adapted);
  }

  /** Behind an epoch and its validation, if there is one. */
  Progress nextEpoch(Optional<Validation> validation) {
    List<Double> losses = new ArrayList<>(validationLosses);
    validation.ifPresent(each -> losses.add(each.loss()));
    Best next =
        best.isBeatenBy(validation)
            ? new Best(
                epoch + 1,
                validation.map(Validation::score).orElse(Double.NaN),
                validation.map(Validation::loss).orElse(Double.NaN))
            : best;
    return new Progress(epoch + 1, step, UnderWay.NOTHING, next, losses, adapted);
  }

  /** Epochs since the best one. */
  int epochsWithoutGain() {
    return epoch - best.epoch();
  }
}
