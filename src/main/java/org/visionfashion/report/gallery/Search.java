package org.visionfashion.report.gallery;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.visionfashion.metrics.Similarities;

/**
 * One direction of retrieval by dot product; query i and candidate i are a pair.
 *
 * @param query_PE embeddings that ask
 * @param candidate_PE embeddings that are searched
 */
public record Search(float[][] query_PE, float[][] candidate_PE) {

  /** Number of queries. */
  public int size() {
    return query_PE.length;
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
    float[][] asked_QE = queries.stream().map(query -> query_PE[query]).toArray(float[][]::new);
    return Similarities.of(asked_QE, candidate_PE);
  }

  /** The score of one candidate. */
  public float score(int query, int candidate) {
    float[] a = query_PE[query];
    float[] b = candidate_PE[candidate];
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Rank of the paired candidate, from 1, a tie to the lower index. */
  public static int rank(float[] score_P, int target) {
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
