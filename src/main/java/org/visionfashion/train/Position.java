package org.visionfashion.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a stage stands: all that the loop remembers besides weights and moments.
 *
 * @param epoch epochs completed
 * @param nextBatch batches of the one under way that are behind, those left out as broken included
 * @param stepInEpoch steps completed of it
 * @param step steps completed in all
 * @param epochLoss sum of the losses of the steps in the epoch under way
 * @param bestScore best validation score so far; negative infinity before the first
 * @param bestEpoch the epoch that had it, from 1; 0 before the first
 * @param validationLosses one an epoch
 * @param lossScale of the next step
 * @param notFinite steps skipped because loss or gradient was not finite, those of the loss scale
 *     apart
 * @param fittingExamples how many examples at once memory was found to be enough for; 0 = not known
 */
public record Position(
    int epoch,
    int nextBatch,
    int stepInEpoch,
    long step,
    double epochLoss,
    double bestScore,
    int bestEpoch,
    List<Double> validationLosses,
    LossScale lossScale,
    int notFinite,
    int fittingExamples) {

  public static final Position START =
      new Position(0, 0, 0, 0, 0, Double.NEGATIVE_INFINITY, 0, List.of(), LossScale.NONE, 0, 0);

  public Position {
    validationLosses = List.copyOf(validationLosses);
  }

  /** The same place, with another loss scale. */
  Position with(LossScale other) {
    return new Position(
        epoch,
        nextBatch,
        stepInEpoch,
        step,
        epochLoss,
        bestScore,
        bestEpoch,
        validationLosses,
        other,
        notFinite,
        fittingExamples);
  }

  /**
   * Behind a step. A loss that is not finite, of a step that was skipped, counts as the mean of the
   * others.
   *
   * @param batch its place in the epoch, from 0
   * @param bad whether it was skipped for that, the loss scale apart
   */
  Position nextStep(int batch, double loss, LossScale next, boolean bad, int fitting) {
    double counted = Double.isFinite(loss) ? loss : meanLoss();
    return new Position(
        epoch,
        batch + 1,
        stepInEpoch + 1,
        step + 1,
        epochLoss + counted,
        bestScore,
        bestEpoch,
        validationLosses,
        next,
        bad ? notFinite + 1 : notFinite,
        fitting);
  }

  /** Mean training loss of the epoch under way. */
  double meanLoss() {
    return epochLoss / Math.max(1, stepInEpoch);
  }

  Position nextEpoch(Validation validation) {
    List<Double> losses = new ArrayList<>(validationLosses);
    losses.add(validation.loss());
    boolean better = isBetter(validation);
    return new Position(
        epoch + 1,
        0,
        0,
        step,
        0,
        better ? validation.score() : bestScore,
        better ? epoch + 1 : bestEpoch,
        losses,
        lossScale,
        notFinite,
        fittingExamples);
  }

  boolean isBetter(Validation validation) {
    return validation.score() > bestScore || bestEpoch == 0;
  }

  /** Epochs since the best one. */
  int epochsWithoutGain() {
    return epoch - bestEpoch;
  }
}
