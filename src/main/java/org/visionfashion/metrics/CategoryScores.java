package org.visionfashion.metrics;

/**
 * Category scores as a function of the items' weights: top-1, top-3, top-5, macro F1, then the
 * recall of every class.
 */
public final class CategoryScores {

  public static final int TOP1 = 0;
  public static final int TOP3 = 1;
  public static final int TOP5 = 2;
  public static final int MACRO_F1 = 3;

  /** Where the recalls of the classes begin. */
  public static final int RECALL = 4;

  private static final int[] TOP = {1, 3, 5};
  private static final int COUNT = TOP.length;
  private static final int LABELLED = COUNT + 1;

  private final int[] rank_M;
  private final int[] label_M;
  private final int[] prediction_M;
  private final int classes;

  private CategoryScores(float[][] logit_MC, int[] label_M) {
    this.rank_M = CategoryMetrics.ranks(logit_MC, label_M);
    this.label_M = label_M;
    this.prediction_M = new int[label_M.length];
    for (int m = 0; m < label_M.length; m++) {
      prediction_M[m] = Confusion.prediction(logit_MC[m]);
    }
    this.classes = logit_MC.length == 0 ? 0 : logit_MC[0].length;
  }

  /**
   * Sums the outcomes of labelled examples.
   *
   * @param label_M every one known
   * @param items of these examples
   */
  public static Statistic of(float[][] logit_MC, int[] label_M, Items items) {
    CategoryScores scores = new CategoryScores(logit_MC, label_M);
    return Totals.of(items, LABELLED + 3 * scores.classes, scores::add, scores::scores);
  }

  private void add(double[] sum_K, int m) {
    for (int k = 0; k < TOP.length; k++) {
      sum_K[k] += rank_M[m] <= TOP[k] ? 1 : 0;
    }
    sum_K[COUNT]++;
    sum_K[labelled(label_M[m])]++;
    sum_K[predicted(prediction_M[m])]++;
    sum_K[right(label_M[m])] += prediction_M[m] == label_M[m] ? 1 : 0;
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
      scores[MACRO_F1] += either > 0 ? 2 * right / either : 0;
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
