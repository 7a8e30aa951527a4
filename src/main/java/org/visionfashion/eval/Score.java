package org.visionfashion.eval;

import org.visionfashion.metrics.Interval;

/**
 * One number of a report with what it must be read against.
 *
 * @param name as in the JSON file
 * @param value NaN = could not be measured
 * @param decimals digits worth showing
 * @param count how many examples it was measured on
 * @param baseline what chance or the constant predictor reaches, NaN = unknown
 * @param best the best attainable value, NaN = unknown
 * @param interval 95 % confidence, null = none
 */
public record Score(
    String name,
    double value,
    int decimals,
    int count,
    double baseline,
    double best,
    Interval interval) {}
