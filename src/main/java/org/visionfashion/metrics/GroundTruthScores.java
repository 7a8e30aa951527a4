package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Retrieval judged by ground truth.
 *
 * @param found K means over the queries, each query an item of its own
 * @param chance_K what a random order reaches on average
 * @param best_K what the best order reaches: recall@1 of a query with two answers is .5 at most
 */
public record GroundTruthScores(Statistic found, double[] chance_K, double[] best_K) {

  /**
   * Searches all documents for every query, by raw dot products in float.
   *
   * @param query_QE query embeddings
   * @param row_NE embeddings of the documents' rows
   * @param document_N the document that each row belongs to, from 0; a document of several rows
   *     counts once, by its best. A tie goes to the lower number.
   * @param judgement_Q what answers each query
   * @throws IllegalArgumentException where a number is not finite
   */
  public static GroundTruthScores of(
      List<GroundTruthMetric> metrics,
      float[][] query_QE,
      float[][] row_NE,
      int[] document_N,
      List<Judgement> judgement_Q) {
    Finite.require(query_QE, "query embeddings");
    Finite.require(row_NE, "document embeddings");
    int documents = Arrays.stream(document_N).max().orElse(-1) + 1;
    int most = metrics.stream().mapToInt(GroundTruthMetric::k).max().orElse(0);
    int[][] found_QK = new int[query_QE.length][0];
    if (documents > 0) {
      ScoreBlocks.forEach(
          query_QE,
          row_NE,
          (from, rows_BN) -> {
            float[] score_D = new float[documents];
            for (int b = 0; b < rows_BN.length; b++) {
              best(rows_BN[b], document_N, score_D);
              Judgement judgement = judgement_Q.get(from + b);
              found_QK[from + b] =
                  Arrays.stream(TopK.of(score_D, d -> d != judgement.excluded(), most))
                      .map(judgement::gain)
                      .toArray();
            }
          });
    }
    int[][] present_QR = judgement_Q.stream().map(Judgement::present).toArray(int[][]::new);
    int[][] ideal_QR = judgement_Q.stream().map(Judgement::ideal).toArray(int[][]::new);
    List<Integer> queries = IntStream.range(0, query_QE.length).boxed().toList();
    return new GroundTruthScores(
        Totals.means(Items.of(queries), GroundTruthMetric.values(metrics, found_QK, ideal_QR)),
        metrics.stream()
            .mapToDouble(
                metric ->
                    queries.stream()
                        .mapToDouble(
                            q ->
                                metric.chance(
                                    present_QR[q],
                                    ideal_QR[q],
                                    documents - (judgement_Q.get(q).excluded() < 0 ? 0 : 1)))
                        .average()
                        .orElse(Double.NaN))
            .toArray(),
        GroundTruthMetric.values(metrics, present_QR, ideal_QR).stream()
            .mapToDouble(value_Q -> Arrays.stream(value_Q).average().orElse(Double.NaN))
            .toArray());
  }

  private static void best(float[] score_N, int[] document_N, float[] score_D) {
    Arrays.fill(score_D, Float.NEGATIVE_INFINITY);
    for (int n = 0; n < score_N.length; n++) {
      score_D[document_N[n]] = Math.max(score_D[document_N[n]], score_N[n]);
    }
  }
}
