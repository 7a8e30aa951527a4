package org.visionfashion.report.gallery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.visionfashion.metrics.Similarities;

/**
 * One direction of retrieval by dot product.
 *
 * @param query_QE embeddings that ask
 * @param candidate_PE embeddings that are searched
 * @param target_Q the candidates that are right for each query, in order
 */
public record Search(float[][] query_QE, float[][] candidate_PE, int[][] target_Q) {

  /** Query i and candidate i are a pair. */
  public static Search pairs(float[][] query_PE, float[][] candidate_PE) {
    int[][] target_P = new int[query_PE.length][];
    Arrays.setAll(target_P, p -> new int[] {p});
    return new Search(query_PE, candidate_PE, target_P);
  }

  /** Number of queries. */
  public int size() {
    return query_QE.length;
  }

  /** The score of every candidate. */
  public float[] scores(int query) {
    float[] score_P = new float[candidate_PE.length];
    for (int p = 0; p < score_P.length; p++) {
      score_P[p] = score(query, p);
    }
    return score_P;
  }

  /** The same of some queries, a row each. */
  public float[][] scores(List<Integer> queries) {
    float[][] asked_QE = queries.stream().map(query -> query_QE[query]).toArray(float[][]::new);
    return Similarities.of(asked_QE, candidate_PE);
  }

  /** The score of one candidate. */
  public float score(int query, int candidate) {
    float[] a = query_QE[query];
    float[] b = candidate_PE[candidate];
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * Of the candidates that are right for a query the best-scored, of equally good ones the first.
   */
  public int target(int query, float[] score_P) {
    int best = target_Q[query][0];
    for (int target : target_Q[query]) {
      best = score_P[target] > score_P[best] ? target : best;
    }
    return best;
  }

  /** Whether a candidate is right for a query. */
  public boolean hits(int query, int candidate) {
    return Arrays.binarySearch(target_Q[query], candidate) >= 0;
  }

  /** Rank of a query's best target among the others, from 1, a tie to the lower index. */
  public int rank(int query, float[] score_P) {
    int target = target(query, score_P);
    int rank = 1;
    for (int p = 0; p < score_P.length; p++) {
      boolean before =
          score_P[p] > score_P[target] || (score_P[p] == score_P[target] && p < target);
      rank += before ? 1 : 0;
    }
    return rank;
  }

  /** The best candidates, the best first, a tie to the lower index. */
  public static List<Integer> best(float[] score_P, int count) {
    Comparator<Integer> worstFirst =
        Comparator.comparing((Integer p) -> score_P[p]).thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> best = new PriorityQueue<>(worstFirst);
    for (int p = 0; p < score_P.length; p++) {
      if (best.size() < count || score_P[p] > score_P[best.element()]) {
        best.add(p);
      }
      if (best.size() > count) {
        best.remove();
      }
    }
    return best.stream().sorted(worstFirst.reversed()).toList();
  }
}
