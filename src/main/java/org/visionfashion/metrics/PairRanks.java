package org.visionfashion.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ranks of the right answers of one retrieval direction between images and texts.
 *
 * @param strict what counts are an image's own texts, of a text its image
 * @param any texts of the same group (equal captions) count as well; ties are counted among the
 *     others
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
   * Image i and text i are a pair.
   *
   * @param group_N texts of one group count as equal, see {@link #groups}
   */
  public static BothWays bothWays(float[][] image_NE, float[][] text_NE, int[] group_N) {
    int[] all = IntStream.range(0, image_NE.length).toArray();
    return bothWays(
        image_NE, text_NE, Relevance.own(all.length, all), Relevance.of(all.length, all, group_N));
  }

  /**
   * Scores every image with every text once, raw dot products in float without normalisation, and
   * ranks rows and columns. Of several right candidates the best-scored counts, of several equally
   * good ones the first. Work is spread over the cores; memory is that of the embeddings and of a
   * few rows of scores.
   *
   * @param strict each image with its own texts
   * @param any at least that
   * @throws IllegalArgumentException where sizes differ or a number is not finite
   */
  public static BothWays bothWays(
      float[][] image_NE, float[][] text_ME, Relevance strict, Relevance any) {
    requireSizes(image_NE.length, text_ME.length, strict);
    requireSizes(image_NE.length, text_ME.length, any);
    Finite.require(image_NE, "image embeddings");
    Finite.require(text_ME, "text embeddings");
    Targets.BothWays own = Targets.best(image_NE, text_ME, strict);
    Targets.BothWays best = Targets.best(image_NE, text_ME, any);
    Search toText =
        new Search(
            new TargetSearch(own.imageToText(), strict::fits, all(image_NE)),
            new TargetSearch(
                best.imageToText(), any::fits, more(any.textsOfImages(), strict.textsOfImages())));
    Search toImage =
        new Search(
            new TargetSearch(own.textToImage(), (m, n) -> strict.fits(n, m), all(text_ME)),
            new TargetSearch(
                best.textToImage(),
                (m, n) -> any.fits(n, m),
                more(any.imagesOfTexts(), strict.imagesOfTexts())));
    ScoreBlocks.forEach(
        image_NE,
        text_ME,
        (from, rows_BM) -> {
          toText.strict.candidates(from, rows_BM);
          toText.any.candidates(from, rows_BM);
          toImage.strict.queries(from, rows_BM);
          toImage.any.queries(from, rows_BM);
        });
    return new BothWays(toText.ranks(), toImage.ranks());
  }

  private static void requireSizes(int images, int texts, Relevance relevance) {
    if (relevance.images() != images || relevance.texts() != texts) {
      throw new IllegalArgumentException(
          "%d images and %d texts are known to belong together, got %d and %d"
              .formatted(relevance.images(), relevance.texts(), images, texts));
    }
  }

  private static int[] all(float[][] rows) {
    return IntStream.range(0, rows.length).toArray();
  }

  /** Queries for which more is right; the others find what they find strictly. */
  private static int[] more(int[] any_Q, int[] strict_Q) {
    return IntStream.range(0, any_Q.length).filter(q -> any_Q[q] > strict_Q[q]).toArray();
  }

  /** The searches of one direction. */
  private record Search(TargetSearch strict, TargetSearch any) {

    PairRanks ranks() {
      RankCounts any_Q = strict.counts().copy();
      for (int query : any.queries()) {
        any_Q.set(query, any.counts());
      }
      return new PairRanks(strict.counts(), any_Q);
    }
  }

  /** Group numbers of captions: equal strings have equal numbers, counted from 0. */
  public static int[] groups(List<String> captions) {
    Map<String, Integer> numbers = new HashMap<>();
    captions.forEach(caption -> numbers.putIfAbsent(caption, numbers.size()));
    return captions.stream().mapToInt(numbers::get).toArray();
  }
}
