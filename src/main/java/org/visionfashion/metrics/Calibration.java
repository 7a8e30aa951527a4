package org.visionfashion.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is as often right as it is confident (Guo et al. 2017, On Calibration of
 * Modern Neural Networks). Confidence is the softmax probability of the class with the highest
 * logit.
 *
 * @param expectedCalibrationError expected calibration error: mean distance of confidence and
 *     accuracy over the bins, weighted by their examples; NaN where no example is labelled
 * @param bins of equal width from 0 to 1
 */
public record Calibration(double expectedCalibrationError, List<Bin> bins) {

  /** As many as the paper has. */
  private static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The examples of one range of confidence.
   *
   * @param from lower end, exclusive
   * @param to upper end, inclusive
   * @param count examples
   * @param confidence their mean; NaN where there is none
   * @param accuracy the share that is right; NaN where there is none
   */
  public record Bin(double from, double to, int count, double confidence, double accuracy) {}

  /** Sorts the labelled examples into bins; the others are left out. */
  public static Calibration of(float[][] logit_NC, int[] label_N) {
    int[] count = new int[BINS];
    double[] confidence = new double[BINS];
    int[] right = new int[BINS];
    int examples = 0;
    for (int n = 0; n < label_N.length; n++) {
      if (label_N[n] != CategoryScores.UNKNOWN) {
        double probability = largestProbability(logit_NC[n]);
        int bin = Math.max(0, (int) Math.ceil(probability * BINS) - 1);
        count[bin]++;
        confidence[bin] += probability;
        right[bin] += Confusion.prediction(logit_NC[n]) == label_N[n] ? 1 : 0;
        examples++;
      }
    }
    List<Bin> bins = new ArrayList<>();
    double distance = 0;
    for (int b = 0; b < BINS; b++) {
      bins.add(
          new Bin(
              b / (double) BINS,
              (b + 1) / (double) BINS,
              count[b],
              confidence[b] / count[b],
              right[b] / (double) count[b]));
      distance += Math.abs(confidence[b] - right[b]);
    }
    return new Calibration(distance / examples, bins);
  }

  private static double largestProbability(float[] logit_C) {
    double largest = logit_C[Confusion.prediction(logit_C)];
    double sum = 0;
    for (float logit : logit_C) {
      sum += Math.exp(logit - largest);
    }
    return 1 / sum;
  }
}
