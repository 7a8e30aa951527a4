package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Slow oracle of {@link CategoryScores}: scores of a classifier; examples with label {@link
 * #UNKNOWN} are left out. NaN where no example is labelled.
 *
 * @param examples labelled examples
 * @param top1 share whose label has the highest score
 * @param top3 share whose label is among the three highest
 * @param top5 share whose label is among the five highest
 * @param macroF1 mean F1 of the classes that occur among labels or predictions, as scikit-learn
 *     averages by default
 * @param weightedF1 the same by the number of each class's examples
 */
public record CategoryOracle(
    int examples, double top1, double top3, double top5, double macroF1, double weightedF1) {

  /** Label of an example that nobody labelled. */
  public static final int UNKNOWN = -1;

  /**
   * Scores the logits of all classes.
   *
   * @throws IllegalArgumentException where a logit is not finite
   */
  public static CategoryOracle of(float[][] logit_NC, int[] label_N) {
    Finite.require(logit_NC, "category scores");
    int[] rank_M = ranks(logit_NC, label_N);
    return new CategoryOracle(
        rank_M.length,
        RetrievalMetrics.recall(rank_M, 1),
        RetrievalMetrics.recall(rank_M, 3),
        RetrievalMetrics.recall(rank_M, 5),
        macroF1(Confusion.of(logit_NC, label_N)),
        weightedF1(Confusion.of(logit_NC, label_N)));
  }

  private static double macroF1(Confusion confusion) {
    return IntStream.range(0, confusion.count_CC().length)
        .mapToDouble(confusion::f1)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double weightedF1(Confusion confusion) {
    double sum = 0;
    double examples = 0;
    for (int c = 0; c < confusion.count_CC().length; c++) {
      if (confusion.support(c) > 0) {
        sum += confusion.support(c) * confusion.f1(c);
        examples += confusion.support(c);
      }
    }
    return sum / examples;
  }

  /** The same for a predictor that always ranks the classes by their number in training. */
  public static CategoryOracle constant(long[] training_C, int[] label_N) {
    float[][] logit_NC = new float[label_N.length][];
    Arrays.fill(logit_NC, floats(training_C));
    return of(logit_NC, label_N);
  }

  /** Ranks from 1 of the labels of the labelled examples, in order; ties to the lower class. */
  public static int[] ranks(float[][] logit_NC, int[] label_N) {
    int[] rank_M = new int[label_N.length];
    int labelled = 0;
    for (int n = 0; n < label_N.length; n++) {
      if (label_N[n] != UNKNOWN) {
        rank_M[labelled++] = rank(logit_NC[n], label_N[n]);
      }
    }
    return Arrays.copyOf(rank_M, labelled);
  }

  /** Counts as scores; exact up to 16 million. */
  static float[] floats(long[] counts) {
    float[] scores = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      scores[i] = counts[i];
    }
    return scores;
  }

  private static int rank(float[] logit_C, int label) {
    int rank = 1;
    for (int c = 0; c < logit_C.length; c++) {
      boolean before = logit_C[c] > logit_C[label] || (logit_C[c] == logit_C[label] && c < label);
      rank += before ? 1 : 0;
    }
    return rank;
  }
}
