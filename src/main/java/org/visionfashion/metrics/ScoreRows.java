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

  /** Candidates in a block: four of its columns and the sums of a query fit the first cache. */
  private static final int BLOCK = 512;

  /** Steps of a sum that are made at a time, still in order. */
  private static final int STEPS = 4;

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
    float[][] sums = new float[to - from][BLOCK];
    for (int block = 0; block < blocks_KEB.length; block++) {
      float[][] block_EB = blocks_KEB[block];
      score(queries_QE, from, block_EB, sums);
      for (int q = 0; q < sums.length; q++) {
        System.arraycopy(sums[q], 0, rows_BN[q], block * BLOCK, block_EB[0].length);
      }
    }
  }

  /** All queries meet a few columns before the next ones: measured one and a half times as fast. */
  private static void score(float[][] queries_QE, int from, float[][] block_EB, float[][] sums) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
    int whole = block_EB.length - block_EB.length % STEPS;
    for (int e = 0; e < whole; e += STEPS) {
      for (int q = 0; q < sums.length; q++) {
        add(queries_QE[from + q], block_EB, e, sums[q]);
      }
    }
    for (int e = whole; e < block_EB.length; e++) {
      for (int q = 0; q < sums.length; q++) {
        addOne(queries_QE[from + q][e], block_EB[e], sums[q]);
      }
    }
  }

  private static void addOne(float query, float[] column, float[] sums) {
    for (int b = 0; b < column.length; b++) {
      sums[b] += query * column[b];
    }
  }

  private static void add(float[] query_E, float[][] block_EB, int e, float[] sums) {
    float q0 = query_E[e];
    float q1 = query_E[e + 1];
    float q2 = query_E[e + 2];
    float q3 = query_E[e + 3];
    float[] c0 = block_EB[e];
    float[] c1 = block_EB[e + 1];
    float[] c2 = block_EB[e + 2];
    float[] c3 = block_EB[e + 3];
    for (int b = 0; b < c0.length; b++) {
      sums[b] = sums[b] + q0 * c0[b] + q1 * c1[b] + q2 * c2[b] + q3 * c3[b];
    }
  }
}
