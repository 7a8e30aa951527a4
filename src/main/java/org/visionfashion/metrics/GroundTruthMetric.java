package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A measure of one query's first k results, as pytrec_eval (trec_eval) and BEIR define it.
 *
 * @param kind what is measured
 * @param k how many results count
 */
public record GroundTruthMetric(Kind kind, int k) {

  /** What is measured; a query without a relevant document scores 0. */
  public enum Kind {
    /** 1 where any relevant document is among the first k (trec_eval's success). */
    HIT,
    /** Relevant documents among the first k, by all relevant documents of the query. */
    RECALL,
    /** Relevant documents among the first k, by k, however few documents there are. */
    PRECISION,
    /** 1 / rank of the first relevant document, 0 where it is not among the first k. */
    RECIPROCAL_RANK,
    /** Sum of gain / log2(rank + 1), by that of the best order of all judged documents. */
    NDCG,
    /** The same where every relevant document has gain 1. */
    BINARY_NDCG
  }

  /**
   * The value of some results.
   *
   * @param found_K gains of the results, best first
   * @param ideal_R gains of all relevant documents, highest first
   */
  double value(int[] found_K, int[] ideal_R) {
    if (ideal_R.length == 0) {
      return 0;
    }
    int[] first = Arrays.copyOf(found_K, Math.min(k, found_K.length));
    long relevant = Arrays.stream(first).filter(gain -> gain > 0).count();
    return switch (kind) {
      case HIT -> Math.min(relevant, 1);
      case RECALL -> relevant / (double) ideal_R.length;
      case PRECISION -> relevant / (double) k;
      case RECIPROCAL_RANK -> reciprocalRank(first);
      case NDCG, BINARY_NDCG -> discounted(first) / discounted(ideal_R);
    };
  }

  /**
   * The mean value over all orders of the documents.
   *
   * @param present_R gains of the relevant documents that can be found
   * @param documents how many are searched
   */
  double chance(int[] present_R, int[] ideal_R, int documents) {
    if (ideal_R.length == 0 || documents == 0) {
      return 0;
    }
    int shown = Math.min(k, documents);
    double share = present_R.length / (double) documents;
    return switch (kind) {
      case HIT, RECIPROCAL_RANK -> chanceOfFirst(present_R.length, documents, shown);
      case RECALL -> shown * share / ideal_R.length;
      case PRECISION -> shown * share / k;
      case NDCG, BINARY_NDCG -> {
        double gain = Arrays.stream(present_R).mapToDouble(this::gain).sum() / documents;
        yield gain
            * IntStream.range(0, shown).mapToDouble(GroundTruthMetric::discount).sum()
            / discounted(ideal_R);
      }
    };
  }

  private double chanceOfFirst(int relevant, int documents, int shown) {
    double sum = 0;
    double missed = 1;
    for (int rank = 1; rank <= shown; rank++) {
      int left = documents - rank + 1;
      double next = missed * Math.max(0, left - relevant) / left;
      sum += (missed - next) / (kind == Kind.HIT ? 1 : rank);
      missed = next;
    }
    return sum;
  }

  private static double reciprocalRank(int[] found) {
    return IntStream.range(0, found.length)
        .filter(i -> found[i] > 0)
        .mapToDouble(i -> 1.0 / (i + 1))
        .findFirst()
        .orElse(0);
  }

  private double discounted(int[] gains) {
    return IntStream.range(0, Math.min(k, gains.length))
        .mapToDouble(i -> gain(gains[i]) * discount(i))
        .sum();
  }

  private double gain(int gain) {
    return kind == Kind.BINARY_NDCG ? Math.min(gain, 1) : gain;
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2);
  }

  /** Values of several measures for every query. */
  static List<double[]> values(
      List<GroundTruthMetric> metrics, int[][] found_QK, int[][] ideal_QR) {
    return metrics.stream()
        .map(
            metric ->
                IntStream.range(0, ideal_QR.length)
                    .mapToDouble(q -> metric.value(found_QK[q], ideal_QR[q]))
                    .toArray())
        .toList();
  }
}
