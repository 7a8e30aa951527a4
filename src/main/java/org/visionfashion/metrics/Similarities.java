package org.visionfashion.metrics;

/** Dot products of all rows of one matrix with all rows of another. */
public final class Similarities {

  private Similarities() {}

  /**
   * Raw dot products in float without normalisation, computed on all cores.
   *
   * @param queries_QE embeddings
   * @param candidates_NE at least one embedding of the same width
   * @return a row of N numbers for each query
   */
  public static float[][] of(float[][] queries_QE, float[][] candidates_NE) {
    float[][] score_QN = new float[queries_QE.length][];
    ScoreBlocks.forEach(
        queries_QE,
        candidates_NE,
        (from, rows_BN) -> {
          for (int b = 0; b < rows_BN.length; b++) {
            score_QN[from + b] = rows_BN[b].clone();
          }
        });
    return score_QN;
  }
}
