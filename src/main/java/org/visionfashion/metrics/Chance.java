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

  private static final double ROUNDING = 1e-9;

  private final int[] targets_Q;
  private final int candidates;

  private Chance(int[] targets_Q, int candidates) {
    this.targets_Q = targets_Q;
    this.candidates = candidates;
  }

  /**
   * Queries of any number of targets.
   *
   * @param targets_Q how many candidates count for each query
   * @param candidates among which each query's targets are searched
   */
  public static Chance of(int[] targets_Q, int candidates) {
    return new Chance(targets_Q, candidates);
  }

  /** Expected share of queries with a target among the first k. */
  public double recall(int k) {
    return mean(
        targets -> targets == 1 ? Math.min(k / (double) candidates, 1) : 1 - missed(k, targets));
  }

  /**
   * Median of the rank of the first target over all queries and orders; between two ranks where one
   * half lies on either side. NaN where there is no query.
   */
  public double medianRank() {
    if (targets_Q.length == 0) {
      return Double.NaN;
    }
    int low = firstWith(0.5 - ROUNDING);
    return (low + firstWith(0.5 + ROUNDING)) / 2.0;
  }

  /** The first rank by which the expected share of queries has found a target. */
  private int firstWith(double share) {
    int low = 1;
    int high = candidates;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (recall(middle) >= share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Expected mean of 1 / rank of the first target. */
  public double mrr() {
    return mean(this::reciprocalRank);
  }

  /**
   * Expected mean of {@link NeighbourRanks#averagePrecision_Q}: a target at rank i, which it has
   * with probability 1 / n, adds the share of targets among the i, itself included.
   */
  public double meanAveragePrecision() {
    double harmonic = 0;
    for (int i = 1; i <= candidates; i++) {
      harmonic += 1.0 / i;
    }
    double first = harmonic / candidates;
    return mean(
        targets -> {
          double others = candidates == 1 ? 0 : (targets - 1) / (candidates - 1.0);
          return others + (1 - others) * first;
        });
  }

  private double mean(IntToDoubleFunction ofTargets) {
    Map<Integer, Double> known =
        Arrays.stream(targets_Q)
            .distinct()
            .boxed()
            .collect(Collectors.toMap(Function.identity(), ofTargets::applyAsDouble));
    return Arrays.stream(targets_Q).mapToDouble(known::get).average().orElse(Double.NaN);
  }

  private double missed(int k, int targets) {
    double missed = 1;
    for (int drawn = 0; drawn < Math.min(k, candidates); drawn++) {
      missed *= missAfter(drawn, targets);
    }
    return missed;
  }

  private double reciprocalRank(int targets) {
    double sum = 0;
    double missed = 1;
    for (int rank = 1; rank <= candidates; rank++) {
      double next = missed * missAfter(rank - 1, targets);
      sum += (missed - next) / rank;
      missed = next;
    }
    return sum;
  }

  /** Probability that the next draw misses when all before it missed. */
  private double missAfter(int drawn, int targets) {
    int left = candidates - drawn;
    return Math.max(0, left - targets) / (double) left;
  }
}
