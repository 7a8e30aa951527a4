package org.visionfashion.train;

/**
 * One optimizer step.
 *
 * @param stage {@code contrastive} or {@code finetune}
 * @param epoch from 1
 * @param step from 1, over the whole stage
 * @param steps of the whole stage
 * @param loss before the update
 * @param lossScale behind the step
 * @param skipped whether no update was made, for gradients that were not finite
 * @param rate learning rate of the update
 * @param gradientNorm before clipping
 * @param examples of the batch
 * @param seconds the step took, waiting for data included
 * @param waited seconds of that spent waiting for data
 */
public record StepReport(
    String stage,
    int epoch,
    long step,
    long steps,
    double loss,
    LossScale lossScale,
    boolean skipped,
    double rate,
    double gradientNorm,
    int examples,
    double seconds,
    double waited) {}
