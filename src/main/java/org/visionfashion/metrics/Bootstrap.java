package org.visionfashion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * 95 % percentile intervals of means over examples, by resampling whole items: pictures of one
 * product are no independent evidence (Efron and Tibshirani, An Introduction to the Bootstrap,
 * chapters 8 and 13).
 *
 * @param resamples how often the items are drawn; 0 = no intervals
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {

  /**
   * Intervals of several means over the same examples, from the same draws.
   *
   * @param values_KN K kinds of a value an example, for example 1 = hit, 0 = miss
   * @param item_N the item of each example
   * @return K intervals; null each where there are fewer than two items or no resamples
   */
  public List<Interval> means(List<double[]> values_KN, List<String> item_N) {
    double[][] sums_IK = sums(values_KN, item_N);
    if (resamples == 0 || sums_IK.length < 2) {
      return new ArrayList<>(Arrays.asList(new Interval[values_KN.size()]));
    }
    double[][] means_KR = new double[values_KN.size()][resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int r = 0; r < resamples; r++) {
      double[] total = drawn(sums_IK, random);
      for (int k = 0; k < means_KR.length; k++) {
        means_KR[k][r] = total[k] / total[means_KR.length];
      }
    }
    return Arrays.stream(means_KR).map(Bootstrap::interval).toList();
  }

  /** For every item the sums of its examples' values and, last, their number. */
  private static double[][] sums(List<double[]> values_KN, List<String> item_N) {
    int kinds = values_KN.size();
    Map<String, Integer> numbers = new HashMap<>();
    item_N.forEach(item -> numbers.putIfAbsent(item, numbers.size()));
    double[][] sums_IK = new double[numbers.size()][kinds + 1];
    for (int n = 0; n < item_N.size(); n++) {
      double[] sums = sums_IK[numbers.get(item_N.get(n))];
      for (int k = 0; k < kinds; k++) {
        sums[k] += values_KN.get(k)[n];
      }
      sums[kinds]++;
    }
    return sums_IK;
  }

  private static double[] drawn(double[][] sums_IK, SplittableRandom random) {
    double[] total = new double[sums_IK[0].length];
    for (int draw = 0; draw < sums_IK.length; draw++) {
      double[] sums = sums_IK[random.nextInt(sums_IK.length)];
      for (int k = 0; k < total.length; k++) {
        total[k] += sums[k];
      }
    }
    return total;
  }

  private static Interval interval(double[] means) {
    Arrays.sort(means);
    return new Interval(quantile(means, 0.025), quantile(means, 0.975));
  }

  /** Linear between the two nearest, as NumPy's default. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
