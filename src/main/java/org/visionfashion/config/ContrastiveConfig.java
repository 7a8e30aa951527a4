package org.visionfashion.config;

/**
 * Stage one: both towers.
 *
 * @param batch pairs a step, which is also the number of candidates of the loss
 * @param microBatch pairs that are encoded at once
 * @param objective how the pairs of a batch are compared
 * @param patience epochs without a better validation score before the stage stops, 0 = never
 */
public record ContrastiveConfig(
    int epochs,
    int batch,
    MicroBatch microBatch,
    ObjectiveConfig objective,
    int patience,
    OptimizerConfig optimizer,
    AugmentConfig augment) {}
