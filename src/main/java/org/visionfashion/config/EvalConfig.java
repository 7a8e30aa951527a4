package org.visionfashion.config;

/**
 * Evaluation.
 *
 * @param batch examples embedded at once
 * @param bootstrap resamples behind a confidence interval
 * @param zeroShot judging without the heads
 */
public record EvalConfig(int batch, int bootstrap, ZeroShotConfig zeroShot) {}
