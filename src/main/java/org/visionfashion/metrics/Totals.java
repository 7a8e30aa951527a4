package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Scores that are functions of sums over examples: means, ratios, F1. The sums of an item's
 * examples are formed once, so that other weights cost no more than a few numbers an item.
 */
public final class Totals implements Statistic {

  /** What an example adds to the sums. */
  @FunctionalInterface
  public interface Contribution {
    void addTo(double[] sum_K, int example);
  }

  private final double[][] sum_IK;
  private final int kinds;
  private final UnaryOperator<double[]> scores;

  private Totals(double[][] sum_IK, int kinds, UnaryOperator<double[]> scores) {
    this.sum_IK = sum_IK;
    this.kinds = kinds;
    this.scores = scores;
  }

  /**
   * Scores of sums.
   *
   * @param kinds number of sums
   * @param contribution called once for every example
   * @param scores from the sums over all examples
   */
  public static Totals of(
      Items items, int kinds, Contribution contribution, UnaryOperator<double[]> scores) {
    double[][] sum_IK = new double[items.count()][kinds];
    for (int n = 0; n < items.examples(); n++) {
      contribution.addTo(sum_IK[items.item_N()[n]], n);
    }
    return new Totals(sum_IK, kinds, scores);
  }

  /** Means of several values over the same examples. */
  public static Totals means(Items items, List<double[]> values_KN) {
    int kinds = values_KN.size();
    return of(
        items,
        kinds + 1,
        (sum_K, n) -> {
          for (int k = 0; k < kinds; k++) {
            sum_K[k] += values_KN.get(k)[n];
          }
          sum_K[kinds]++;
        },
        total_K -> Arrays.stream(total_K, 0, kinds).map(sum -> sum / total_K[kinds]).toArray());
  }

  @Override
  public int items() {
    return sum_IK.length;
  }

  @Override
  public double[] of(int[] weight_I) {
    return scores.apply(sums(weight_I));
  }

  /** The sums themselves. */
  double[] sums(int[] weight_I) {
    double[] total_K = new double[kinds];
    for (int i = 0; i < weight_I.length; i++) {
      if (weight_I[i] > 0) {
        add(weight_I[i], sum_IK[i], total_K);
      }
    }
    return total_K;
  }

  private static void add(double weight, double[] sum_K, double[] total_K) {
    for (int k = 0; k < total_K.length; k++) {
      total_K[k] += weight * sum_K[k];
    }
  }
}
