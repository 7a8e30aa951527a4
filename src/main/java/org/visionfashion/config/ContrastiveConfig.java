package org.visionfashion.config;

/**
 * Stage one: both towers, symmetric InfoNCE.
 *
 * @param batch pairs a step, which is also the number of candidates of the loss
 * @param microBatch pairs that are encoded at once
 * @param temperature tau; the logit scale is 1 / tau
 * @param learnableTemperature whether tau is trained (scale clamped to 100)
 * @param patience epochs without a better validation score before the stage stops, 0 = never
 */
public record ContrastiveConfig(
    int epochs,
    int batch,
    MicroBatch microBatch,
    double temperature,
    boolean learnableTemperature,
    int patience,
    OptimizerConfig optimizer,
    AugmentConfig augment) {}
