package org.visionfashion.metrics;

import java.util.Arrays;

/**
 * Dot products of a few queries with all candidates.
 *
 * <p>The candidates are kept transposed in blocks, so that the inner loop runs over candidates and
 * vectorises while every score is still summed over the width in the order 0, 1, 2, ...: the result
 * equals the plain loop's in every bit.
 */
final class ScoreRows {

  /** Candidates in a block: at 512 wide a block is 256 KiB and stays in a core's own cache. */
  private static final int BLOCK = 128;

  private final float[][] candidates_NE;
  private final float[][][] blocks_KEB;

  ScoreRows(float[][] candidates_NE) {
    this.candidates_NE = candidates_NE;
    this.blocks_KEB = new float[(candidates_NE.length + BLOCK - 1) / BLOCK][][];
    Arrays.parallelSetAll(blocks_KEB, this::transposed);
  }

  private float[][] transposed(int block) {
    int from = block * BLOCK;
    int size = Math.min(BLOCK, candidates_NE.length - from);
    float[][] block_EB = new float[candidates_NE[0].length][size];
    for (int b = 0; b < size; b++) {
      for (int e = 0; e < block_EB.length; e++) {
        block_EB[e][b] = candidates_NE[from + b][e];
      }
    }
    return block_EB;
  }

  /** Scores of queries {@code from <= q < to}: row {@code q - from} gets one for each candidate. */
  void fill(float[][] queries_QE, int from, int to, float[][] rows_BN) {
    float[] sums = new float[BLOCK];
    for (int block = 0; block < blocks_KEB.length; block++) {
      float[][] block_EB = blocks_KEB[block];
      for (int q = from; q < to; q++) {
        score(queries_QE[q], block_EB, sums);
        System.arraycopy(sums, 0, rows_BN[q - from], block * BLOCK, block_EB[0].length);
      }
    }
  }

  private static void score(float[] query_E, float[][] block_EB, float[] sums) {
    Arrays.fill(sums, 0);
    for (int e = 0; e < query_E.length; e++) {
      float weight = query_E[e];
      float[] column = block_EB[e];
      for (int b = 0; b < column.length; b++) {
        sums[b] += weight * column[b];
      }
    }
  }
}
