package org.visionfashion.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is told what a stage does, as it does it, on the training thread. */
public interface Observer {

  /** The weights that training begins with were validated: epoch 0, step 0. */
  default void start(Place place, Validation validation) {}

  /** An optimizer step was made, or skipped. */
  default void step(Step step) {}

  /** A step was not made, because loss or gradient was not finite. */
  default void notFinite(BadStep step) {}

  /** An epoch was finished and validated. */
  default void epoch(Epoch epoch) {}

  /**
   * How far a stage has come.
   *
   * @param stage {@code contrastive} or {@code finetune}
   * @param epoch from 1
   * @param epochs of the stage
   * @param step from 1, over the whole stage
   * @param steps of the whole stage
   */
  record Place(String stage, int epoch, int epochs, long step, long steps) {}

  /**
   * What a step took.
   *
   * @param examples of the batch
   * @param seconds waiting for data included
   * @param waited seconds of that spent waiting for data
   */
  record Timing(int examples, double seconds, double waited) {

    /** Pairs a second. */
    public double rate() {
      return examples / seconds;
    }

    /** The share of the time that was spent waiting for data. */
    public double waitedShare() {
      return waited / seconds;
    }
  }

  /**
   * One optimizer step.
   *
   * @param loss before the update
   * @param lossScale of the next step
   * @param skipped whether no update was made, for gradients that were not finite
   * @param rate learning rate of the update
   * @param gradientNorm before clipping
   */
  record Step(
      Place place,
      double loss,
      LossScale lossScale,
      boolean skipped,
      double rate,
      double gradientNorm,
      Timing timing) {}

  /**
   * A step that was not made.
   *
   * @param loss of the batch
   * @param gradientNorm of all gradients
   * @param gradientNorms by parameter
   * @param ids of the batch's examples
   */
  record BadStep(
      Place place,
      double loss,
      double gradientNorm,
      Map<String, Double> gradientNorms,
      List<String> ids) {}

  /**
   * One epoch with its validation.
   *
   * @param loss mean training loss of the epoch's steps
   * @param validation empty where there is no validation split
   * @param best whether its weights are kept as the best so far
   * @param rate pairs a second of the epoch's steps
   * @param seconds of the epoch, validation included
   */
  record Epoch(
      Place place,
      double loss,
      Optional<Validation> validation,
      boolean best,
      double rate,
      double seconds) {}
}
