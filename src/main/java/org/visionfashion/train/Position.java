package org.visionfashion.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a stage stands: all that the loop remembers besides weights and moments.
 *
 * @param epoch epochs completed
 * @param stepInEpoch steps completed of the one under way
 * @param step steps completed in all
 * @param epochLoss sum of the losses of the steps in the epoch under way
 * @param bestScore best validation score so far; negative infinity before the first
 * @param bestEpoch the epoch that had it, from 1; 0 before the first
 * @param validationLosses one an epoch
 */
public record Position(
    int epoch,
    int stepInEpoch,
    long step,
    double epochLoss,
    double bestScore,
    int bestEpoch,
    List<Double> validationLosses) {

  public static final Position START =
      new Position(0, 0, 0, 0, Double.NEGATIVE_INFINITY, 0, List.of());

  public Position {
    validationLosses = List.copyOf(validationLosses);
  }

  Position nextStep(double loss) {
    return new Position(
        epoch, stepInEpoch + 1, step + 1, epochLoss + loss, bestScore, bestEpoch, validationLosses);
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
        step,
        0,
        better ? validation.score() : bestScore,
        better ? epoch + 1 : bestEpoch,
        losses);
  }

  boolean isBetter(Validation validation) {
    return validation.score() > bestScore || bestEpoch == 0;
  }

  /** Epochs since the best one. */
  int epochsWithoutGain() {
    return epoch - bestEpoch;
  }
}
