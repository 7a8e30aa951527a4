package org.visionfashion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ranks of the paired items of one retrieval direction; query i and candidate i are a pair.
 *
 * @param strict the target is the paired candidate
 * @param any the target is the best-scored candidate of the query's group (equal captions), of
 *     several equally good ones the first; ties are counted among other groups
 */
public record PairRanks(RankCounts strict, RankCounts any) {

  /** Queries whose rows of scores stand in memory at once, for each thread. */
  private static final int QUERIES = 32;

  /**
   * Scores all pairs, raw dot products in float without normalisation, and ranks them. Work is
   * spread over the cores; memory is that of the embeddings and of a few rows of scores.
   *
   * @param queries_NE embeddings that ask
   * @param candidates_NE embeddings that are searched
   * @param group_N items of one group count as equal, see {@link #groups}
   * @throws IllegalArgumentException where sizes differ or a number is not finite
   */
  public static PairRanks of(float[][] queries_NE, float[][] candidates_NE, int[] group_N) {
    int count = queries_NE.length;
    if (candidates_NE.length != count || group_N.length != count) {
      throw new IllegalArgumentException(
          "pairs need as many queries as candidates and groups, got %d, %d and %d"
              .formatted(count, candidates_NE.length, group_N.length));
    }
    Finite.require(queries_NE, "query embeddings");
    Finite.require(candidates_NE, "candidate embeddings");
    PairRanks ranks = new PairRanks(counts(count), counts(count));
    ScoreRows scores = new ScoreRows(candidates_NE);
    int[][] members = members(group_N);
    IntStream.range(0, (count + QUERIES - 1) / QUERIES)
        .parallel()
        .forEach(block -> ranks.fill(scores, queries_NE, block * QUERIES, group_N, members));
    return ranks;
  }

  /** Group numbers of captions: equal strings have equal numbers, counted from 0. */
  public static int[] groups(List<String> captions) {
    Map<String, Integer> numbers = new HashMap<>();
    captions.forEach(caption -> numbers.putIfAbsent(caption, numbers.size()));
    return captions.stream().mapToInt(numbers::get).toArray();
  }

  private static RankCounts counts(int size) {
    return new RankCounts(new int[size], new int[size], new int[size]);
  }

  private static int[][] members(int[] group_N) {
    Map<Integer, List<Integer>> members = new HashMap<>();
    for (int i = 0; i < group_N.length; i++) {
      members.computeIfAbsent(group_N[i], group -> new ArrayList<>()).add(i);
    }
    Map<Integer, int[]> arrays = new HashMap<>();
    members.forEach((group, list) -> arrays.put(group, list.stream().mapToInt(i -> i).toArray()));
    return Arrays.stream(group_N).mapToObj(arrays::get).toArray(int[][]::new);
  }

  private void fill(
      ScoreRows scores, float[][] queries_NE, int from, int[] group_N, int[][] members) {
    int to = Math.min(from + QUERIES, queries_NE.length);
    float[][] rows_BN = new float[to - from][queries_NE.length];
    scores.fill(queries_NE, from, to, rows_BN);
    for (int query = from; query < to; query++) {
      float[] row = rows_BN[query - from];
      count(strict, query, row, query, null);
      count(any, query, row, best(row, members[query]), group_N);
    }
  }

  private static int best(float[] row, int[] candidates) {
    int best = candidates[0];
    for (int candidate : candidates) {
      if (row[candidate] > row[best]) {
        best = candidate;
      }
    }
    return best;
  }

  /** Counts what stands before the target; with groups, a tie within the target's is none. */
  private static void count(RankCounts counts, int query, float[] row, int target, int[] group_N) {
    float score = row[target];
    int above = 0;
    for (float other : row) {
      above += other > score ? 1 : 0;
    }
    counts.above_N()[query] = above;
    for (int i = 0; i < row.length; i++) {
      if (row[i] == score && i != target && (group_N == null || group_N[i] != group_N[target])) {
        counts.tied_N()[query]++;
        counts.tiedBefore_N()[query] += i < target ? 1 : 0;
      }
    }
  }
}
