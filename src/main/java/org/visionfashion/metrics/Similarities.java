package org.visionfashion.metrics;

import java.util.stream.IntStream;

/** Dot products of all rows of one matrix with all rows of another. */
public final class Similarities {

  private static final int ROWS = 32;

  private Similarities() {}

  /**
   * Raw dot products in float without normalisation, computed on all cores.
   *
   * @param queries_QE embeddings
   * @param candidates_NE at least one embedding of the same width
   * @return a row of N numbers for each query
   */
  public static float[][] of(float[][] queries_QE, float[][] candidates_NE) {
    ScoreRows scores = new ScoreRows(candidates_NE);
    float[][] score_QN = new float[queries_QE.length][candidates_NE.length];
    IntStream.range(0, (queries_QE.length + ROWS - 1) / ROWS)
        .parallel()
        .forEach(
            block -> {
              int from = block * ROWS;
              int to = Math.min(from + ROWS, queries_QE.length);
              float[][] rows_BN = new float[to - from][];
              System.arraycopy(score_QN, from, rows_BN, 0, to - from);
              scores.fill(queries_QE, from, to, rows_BN);
            });
    return score_QN;
  }
}
