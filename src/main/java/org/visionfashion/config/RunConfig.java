package org.visionfashion.config;

/**
 * What a run is called and what makes it repeatable.
 *
 * @param name folder below {@code checkpoints/}
 * @param seed seeds the weights, the order of the examples, augmentation and dropout
 * @param precision type of the matrix products in training
 * @param threads native threads, 0 = one a core
 * @param maxSkipped steps of a stage that may be skipped because loss or gradient is not finite, 0
 *     = the first one ends the run
 */
public record RunConfig(String name, long seed, Precision precision, int threads, int maxSkipped) {}
