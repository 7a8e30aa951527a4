package org.visionfashion.metrics;

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
   * Both directions of one matrix of scores.
   *
   * @param imageToText images ask, a row each
   * @param textToImage texts ask, a column each
   */
  public record BothWays(PairRanks imageToText, PairRanks textToImage) {}

  /**
   * One direction of {@link #bothWays}.
   *
   * @param queries_NE embeddings that ask
   * @param candidates_NE embeddings that are searched
   */
  public static PairRanks of(float[][] queries_NE, float[][] candidates_NE, int[] group_N) {
    return bothWays(queries_NE, candidates_NE, group_N).imageToText();
  }

  /**
   * Scores all pairs once, raw dot products in float without normalisation, and ranks rows and
   * columns. Work is spread over the cores; memory is that of the embeddings and of a few rows of
   * scores.
   *
   * @param group_N items of one group count as equal, see {@link #groups}
   * @throws IllegalArgumentException where sizes differ or a number is not finite
   */
  public static BothWays bothWays(float[][] image_NE, float[][] text_NE, int[] group_N) {
    int count = image_NE.length;
    if (text_NE.length != count || group_N.length != count) {
      throw new IllegalArgumentException(
          "pairs need as many queries as candidates and groups, got %d, %d and %d"
              .formatted(count, text_NE.length, group_N.length));
    }
    Finite.require(image_NE, "query embeddings");
    Finite.require(text_NE, "candidate embeddings");
    int[] own_N = IntStream.range(0, count).toArray();
    Targets own = Targets.own(image_NE, text_NE);
    Targets.BothWays best = Targets.best(image_NE, text_NE, group_N);
    List<TargetSearch> rows =
        List.of(new TargetSearch(own, own_N), new TargetSearch(best.imageToText(), group_N));
    List<TargetSearch> columns =
        List.of(new TargetSearch(own, own_N), new TargetSearch(best.textToImage(), group_N));
    search(image_NE, text_NE, rows, columns);
    return new BothWays(
        new PairRanks(rows.get(0).counts(), rows.get(1).counts()),
        new PairRanks(columns.get(0).counts(), columns.get(1).counts()));
  }

  /** Group numbers of captions: equal strings have equal numbers, counted from 0. */
  public static int[] groups(List<String> captions) {
    Map<String, Integer> numbers = new HashMap<>();
    captions.forEach(caption -> numbers.putIfAbsent(caption, numbers.size()));
    return captions.stream().mapToInt(numbers::get).toArray();
  }

  private static void search(
      float[][] image_NE, float[][] text_NE, List<TargetSearch> rows, List<TargetSearch> columns) {
    ScoreRows scores = new ScoreRows(text_NE);
    int count = image_NE.length;
    IntStream.range(0, (count + QUERIES - 1) / QUERIES)
        .parallel()
        .forEach(
            block -> {
              int from = block * QUERIES;
              int to = Math.min(from + QUERIES, count);
              float[][] rows_BN = new float[to - from][count];
              scores.fill(image_NE, from, to, rows_BN);
              rows.forEach(search -> search.candidates(from, rows_BN));
              columns.forEach(search -> search.queries(from, rows_BN));
            });
  }
}
