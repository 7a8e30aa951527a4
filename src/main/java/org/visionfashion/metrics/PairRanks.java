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
    Targets own = Targets.own(image_NE, text_NE);
    Targets.BothWays best = Targets.best(image_NE, text_NE, group_N);
    int[] all = IntStream.range(0, count).toArray();
    int[] grouped = grouped(group_N); // whoever is alone in its group finds what it finds strictly
    Search toText =
        new Search(
            new TargetSearch(own, all, all),
            new TargetSearch(best.imageToText(), group_N, grouped));
    Search toImage =
        new Search(
            new TargetSearch(own, all, all),
            new TargetSearch(best.textToImage(), group_N, grouped));
    ScoreBlocks.forEach(
        image_NE,
        text_NE,
        (from, rows_BN) -> {
          toText.strict.candidates(from, rows_BN);
          toText.any.candidates(from, rows_BN);
          toImage.strict.queries(from, rows_BN);
          toImage.any.queries(from, rows_BN);
        });
    return new BothWays(toText.ranks(grouped), toImage.ranks(grouped));
  }

  /** The searches of one direction. */
  private record Search(TargetSearch strict, TargetSearch any) {

    PairRanks ranks(int[] grouped) {
      RankCounts any_N = strict.counts().copy();
      for (int query : grouped) {
        any_N.set(query, any.counts());
      }
      return new PairRanks(strict.counts(), any_N);
    }
  }

  private static int[] grouped(int[] group_N) {
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int group : group_N) {
      sizes.merge(group, 1, Integer::sum);
    }
    return IntStream.range(0, group_N.length).filter(n -> sizes.get(group_N[n]) > 1).toArray();
  }

  /** Group numbers of captions: equal strings have equal numbers, counted from 0. */
  public static int[] groups(List<String> captions) {
    Map<String, Integer> numbers = new HashMap<>();
    captions.forEach(caption -> numbers.putIfAbsent(caption, numbers.size()));
    return captions.stream().mapToInt(numbers::get).toArray();
  }
}
