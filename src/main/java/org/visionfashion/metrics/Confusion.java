package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * What a classifier took for what; examples with label {@link CategoryScores#UNKNOWN} are left out.
 *
 * @param count_CC examples by label (row) and prediction (column), the class with the highest
 *     score, a tie to the lower one
 */
public record Confusion(int[][] count_CC) {

  /** Counts the labelled examples. */
  public static Confusion of(float[][] logit_NC, int[] label_N) {
    int classes = logit_NC.length == 0 ? 0 : logit_NC[0].length;
    int[][] count_CC = new int[classes][classes];
    for (int n = 0; n < label_N.length; n++) {
      if (label_N[n] != CategoryScores.UNKNOWN) {
        count_CC[label_N[n]][prediction(logit_NC[n])]++;
      }
    }
    return new Confusion(count_CC);
  }

  /** The class with the highest score, a tie to the lower one. */
  public static int prediction(float[] logit_C) {
    return TopK.of(logit_C, c -> true, 1)[0];
  }

  /** Examples labelled with a class. */
  public int support(int c) {
    return Arrays.stream(count_CC[c]).sum();
  }

  /** Examples taken for a class. */
  public int predicted(int c) {
    return Arrays.stream(count_CC).mapToInt(row -> row[c]).sum();
  }

  /** Share of those taken for a class that are of it; NaN where none is taken for it. */
  public double precision(int c) {
    return count_CC[c][c] / (double) predicted(c);
  }

  /** Share of a class's examples that are found; NaN where it has none. */
  public double recall(int c) {
    return count_CC[c][c] / (double) support(c);
  }

  /** Harmonic mean of precision and recall; NaN where the class occurs nowhere. */
  public double f1(int c) {
    return 2.0 * count_CC[c][c] / (support(c) + predicted(c));
  }
}
