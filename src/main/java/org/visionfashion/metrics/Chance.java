package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a random order of the candidates reaches on average.
 *
 * <p>A query with g candidates that count among n misses all of the first k with probability C(n-g,
 * k) / C(n, k).
 */
public final class Chance {

  private final int[] targets_N;

  private Chance(int[] targets_N) {
    this.targets_N = targets_N;
  }

  /** Every query has the one paired candidate. */
  public static Chance strict(int queries) {
    int[] targets_N = new int[queries];
    Arrays.fill(targets_N, 1);
    return new Chance(targets_N);
  }

  /** Every candidate of the query's group counts. */
  public static Chance any(int[] group_N) {
    Map<Integer, Long> sizes =
        Arrays.stream(group_N)
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return new Chance(Arrays.stream(group_N).map(group -> sizes.get(group).intValue()).toArray());
  }

  /** Expected share of queries with a target among the first k. */
  public double recall(int k) {
    double pairs = targets_N.length;
    return mean(targets -> targets == 1 ? Math.min(k / pairs, 1) : 1 - missed(k, targets));
  }

  /** Middle of all ranks that a lone target may have; NaN where some query has several. */
  public double medianRank() {
    boolean alone = Arrays.stream(targets_N).allMatch(targets -> targets == 1);
    return alone && targets_N.length > 0 ? (targets_N.length + 1) / 2.0 : Double.NaN;
  }

  /** Expected mean of 1 / rank of the first target. */
  public double mrr() {
    return mean(this::reciprocalRank);
  }

  private double mean(IntToDoubleFunction ofTargets) {
    Map<Integer, Double> known =
        Arrays.stream(targets_N)
            .distinct()
            .boxed()
            .collect(Collectors.toMap(Function.identity(), ofTargets::applyAsDouble));
    return Arrays.stream(targets_N).mapToDouble(known::get).average().orElse(Double.NaN);
  }

  private double missed(int k, int targets) {
    double missed = 1;
    for (int drawn = 0; drawn < Math.min(k, targets_N.length); drawn++) {
      missed *= missAfter(drawn, targets);
    }
    return missed;
  }

  private double reciprocalRank(int targets) {
    double sum = 0;
    double missed = 1;
    for (int rank = 1; rank <= targets_N.length; rank++) {
      double next = missed * missAfter(rank - 1, targets);
      sum += (missed - next) / rank;
      missed = next;
    }
    return sum;
  }

  /** Probability that the next draw misses when all before it missed. */
  private double missAfter(int drawn, int targets) {
    int left = targets_N.length - drawn;
    return Math.max(0, left - targets) / (double) left;
  }
}
