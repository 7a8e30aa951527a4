package org.visionfashion.metrics;

/**
 * Scores of a classifier, NaN where no example is labelled: top-1, top-3 and top-5, the shares of
 * examples whose label is among so many highest scores, a tie to the lower class; macro F1, the
 * mean over the classes that occur among labels or predictions, as scikit-learn averages by
 * default; weighted F1, the mean over the classes by their number of examples, as FashionCLIP
 * reports it; then the recall of every class.
 */
public final class CategoryScores {

  public static final int TOP1 = 0;
  public static final int TOP3 = 1;
  public static final int TOP5 = 2;
  public static final int MACRO_F1 = 3;

  public static final int WEIGHTED_F1 = 4;

  /** Where the recalls of the classes begin. */
  public static final int RECALL = 5;

  /** Label of an example that nobody labelled. */
  public static final int UNKNOWN = -1;

  private static final int[] TOP = {1, 3, 5};
  private static final int COUNT = TOP.length;
  private static final int LABELLED = COUNT + 1;

  private final float[][] logit_NC;
  private final int[] label_N;
  private final int classes;

  private CategoryScores(float[][] logit_NC, int[] label_N) {
    this.logit_NC = logit_NC;
    this.label_N = label_N;
    this.classes = logit_NC.length == 0 ? 0 : logit_NC[0].length;
  }

  /**
   * Sums the outcomes of the labelled examples.
   *
   * @param logit_NC higher = more likely
   * @param label_N those that are {@link #UNKNOWN} are left out
   * @throws IllegalArgumentException where a logit is not finite
   */
  public static Statistic of(float[][] logit_NC, int[] label_N, Items items) {
    Finite.require(logit_NC, "category scores");
    CategoryScores scores = new CategoryScores(logit_NC, label_N);
    return Totals.of(items, LABELLED + 3 * scores.classes, scores::add, scores::scores);
  }

  private void add(double[] sum_K, int n) {
    int label = label_N[n];
    if (label == UNKNOWN) {
      return;
    }
    int rank = rank(logit_NC[n], label);
    for (int k = 0; k < TOP.length; k++) {
      sum_K[k] += rank <= TOP[k] ? 1 : 0;
    }
    sum_K[COUNT]++;
    sum_K[labelled(label)]++;
    sum_K[predicted(Confusion.prediction(logit_NC[n]))]++;
    sum_K[right(label)] += rank == 1 ? 1 : 0;
  }

  /** From 1. */
  static int rank(float[] logit_C, int label) {
    int rank = 1;
    for (int c = 0; c < logit_C.length; c++) {
      boolean before = logit_C[c] > logit_C[label] || (logit_C[c] == logit_C[label] && c < label);
      rank += before ? 1 : 0;
    }
    return rank;
  }

  private double[] scores(double[] total_K) {
    double[] scores = new double[RECALL + classes];
    for (int k = 0; k < TOP.length; k++) {
      scores[k] = total_K[k] / total_K[COUNT];
    }
    int seen = 0;
    for (int c = 0; c < classes; c++) {
      double right = total_K[right(c)];
      double either = total_K[labelled(c)] + total_K[predicted(c)];
      double f1 = either > 0 ? 2 * right / either : 0;
      scores[MACRO_F1] += f1;
      scores[WEIGHTED_F1] += f1 * total_K[labelled(c)] / total_K[COUNT];
      seen += either > 0 ? 1 : 0;
      scores[RECALL + c] = right / total_K[labelled(c)];
    }
    scores[MACRO_F1] /= seen;
    return scores;
  }

  private int labelled(int c) {
    return LABELLED + c;
  }

  private int predicted(int c) {
    return LABELLED + classes + c;
  }

  private int right(int c) {
    return LABELLED + 2 * classes + c;
  }
}
