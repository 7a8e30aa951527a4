package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The scores of all queries with all candidates, a few rows at a time, on all cores. */
public final class ScoreBlocks {

  /** Queries whose rows of scores stand in memory at once, for each thread. */
  private static final int QUERIES = 32;

  private ScoreBlocks() {}

  /** What is done with a block. Several threads come with theirs at the same time. */
  @FunctionalInterface
  public interface Use {

    /**
     * Uses the scores of some queries; the rows are overwritten afterwards.
     *
     * @param from the first query
     * @param rows_BN a row for each query, a score for each candidate
     */
    void block(int from, float[][] rows_BN);
  }

  /** Scores are raw dot products, summed in the order of the embedding's numbers. */
  public static void forEach(float[][] queries_QE, float[][] candidates_NE, Use use) {
    ScoreRows scores = new ScoreRows(candidates_NE);
    int count = queries_QE.length;
    // Kept by each thread: a fresh one for each block made the heap several times as large.
    ThreadLocal<float[][]> own =
        ThreadLocal.withInitial(() -> new float[QUERIES][candidates_NE.length]);
    IntStream.range(0, (count + QUERIES - 1) / QUERIES)
        .parallel()
        .forEach(
            block -> {
              int from = block * QUERIES;
              int to = Math.min(from + QUERIES, count);
              float[][] rows_BN = Arrays.copyOf(own.get(), to - from);
              scores.fill(queries_QE, from, to, rows_BN);
              use.block(from, rows_BN);
            });
  }
}
