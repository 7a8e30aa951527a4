package org.visionfashion.train;

/**
 * One epoch with its validation.
 *
 * @param stage {@code contrastive} or {@code finetune}
 * @param epoch from 1
 * @param epochs of the stage
 * @param step steps so far
 * @param loss mean training loss of the epoch's steps
 * @param validation on the validation split
 * @param best whether no epoch before was as good
 * @param examplesPerSecond of the epoch's steps
 * @param seconds of the epoch, validation included
 */
public record EpochReport(
    String stage,
    int epoch,
    int epochs,
    long step,
    double loss,
    Validation validation,
    boolean best,
    double examplesPerSecond,
    double seconds) {}
