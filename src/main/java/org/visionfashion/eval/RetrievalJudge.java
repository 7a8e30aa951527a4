package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.GalleryRecall;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.RankCounts;
import org.visionfashion.metrics.Relevance;
import org.visionfashion.metrics.Totals;

/** Judges retrieval: both directions, strict and with equal captions as equal answers. */
final class RetrievalJudge {

  /** Below this many pairs chance alone puts more than a tenth of them among the first ten. */
  private static final int FEW_PAIRS = 100;

  private static final AttainableRecall.Recall UNKNOWN =
      new AttainableRecall.Recall(Double.NaN, Double.NaN, Double.NaN);

  /** Smaller galleries, and where the recall of the first 1, 5 and 10 is written. */
  private static final Map<Integer, List<Metric>> GALLERIES =
      Map.of(
          100,
          List.of(Metric.RECALL_1_AMONG_100, Metric.RECALL_5_AMONG_100, Metric.RECALL_10_AMONG_100),
          1000,
          List.of(
              Metric.RECALL_1_AMONG_1000, Metric.RECALL_5_AMONG_1000, Metric.RECALL_10_AMONG_1000));

  private static final int[] KS = {1, 5, 10};

  /**
   * Both directions of one reading of what counts.
   *
   * @param toText a query an image
   * @param toImage a query a caption
   */
  private record BothWays(RankedQueries toText, RankedQueries toImage) {

    BothWays only(int[] images, int[] texts) {
      return new BothWays(toText.only(images), toImage.only(texts));
    }

    Details.BothWays details(Scoreboard board) {
      return new Details.BothWays(toText.details(board), toImage.details(board));
    }
  }

  private final EmbeddingTable.Captioned pairs;
  private final LabelScheme scheme;
  private final Scoreboard board;
  private final Items items;

  RetrievalJudge(EmbeddingTable.Captioned pairs, LabelScheme scheme, Scoreboard board) {
    this.pairs = pairs;
    this.scheme = scheme;
    this.board = board;
    this.items = Items.of(pairs.items());
  }

  List<Details.Slice> judge(Optional<AttainableRecall> attainable) {
    if (pairs.size() == 0) {
      return List.of();
    }
    Relevance own = Relevance.own(pairs.size(), pairs.owner_M());
    Relevance equal =
        Relevance.of(pairs.size(), pairs.owner_M(), PairRanks.groups(pairs.captions()));
    PairRanks.BothWays ranks = PairRanks.bothWays(pairs.image_PE(), pairs.text_ME(), own, equal);
    BothWays strict = bothWays(ranks.imageToText().strict(), ranks.textToImage().strict(), own);
    BothWays any = bothWays(ranks.imageToText().any(), ranks.textToImage().any(), equal);
    AttainableRecall best = attainable.orElse(new AttainableRecall(UNKNOWN, UNKNOWN));
    strict.toText.addTo(board.card(Group.IMAGE_TO_TEXT), best.imageToText(), board);
    strict.toImage.addTo(board.card(Group.TEXT_TO_IMAGE), best.textToImage(), board);
    any.toText.addTo(board.card(Group.IMAGE_TO_EQUAL_TEXT), UNKNOWN, board);
    any.toImage.addTo(board.card(Group.EQUAL_TEXT_TO_IMAGE), UNKNOWN, board);
    galleries(board.card(Group.IMAGE_TO_FEWER_TEXTS), strict.toText);
    galleries(board.card(Group.TEXT_TO_FEWER_IMAGES), strict.toImage);
    board.caution(Cautions.retrieval(own, equal, FEW_PAIRS));
    return Slicing.of(pairs.examples(), scheme).stream()
        .flatMap(slicing -> slices(slicing, strict, any))
        .toList();
  }

  private BothWays bothWays(RankCounts toText, RankCounts toImage, Relevance relevance) {
    int images = pairs.size();
    int texts = pairs.owner_M().length;
    return new BothWays(
        new RankedQueries(toText.ranks(), relevance.textsOfImages(), texts, items),
        new RankedQueries(
            toImage.ranks(), relevance.imagesOfTexts(), images, items.only(pairs.owner_M())));
  }

  /** Strict retrieval among fewer candidates: a score says little without their number. */
  private void galleries(Scoreboard.Card card, RankedQueries queries) {
    GalleryRecall recall = new GalleryRecall(queries.candidates());
    GALLERIES.keySet().stream()
        .sorted()
        .filter(size -> size < queries.candidates())
        .forEach(
            size -> {
              Chance chance = Chance.of(queries.targets_Q(), size);
              List<double[]> found_KQ =
                  Arrays.stream(KS)
                      .mapToObj(
                          k -> recall.expected(queries.rank_Q(), queries.targets_Q(), size, k))
                      .toList();
              Estimate found = board.estimate(Totals.means(queries.items(), found_KQ));
              for (int k = 0; k < KS.length; k++) {
                card.share(
                    GALLERIES.get(size).get(k),
                    found,
                    k,
                    queries.rank_Q().length,
                    chance.recall(KS[k]),
                    Double.NaN);
              }
            });
  }

  private Stream<Details.Slice> slices(Slicing slicing, BothWays strict, BothWays any) {
    return slicing.slices().entrySet().stream()
        .map(
            slice -> {
              int[] images = slice.getValue();
              int[] texts = captions(images);
              return new Details.Slice(
                  slicing.by(),
                  slice.getKey(),
                  images.length,
                  texts.length,
                  strict.only(images, texts).details(board),
                  any.only(images, texts).details(board));
            });
  }

  /** The captions of some examples, which stand in their order. */
  private int[] captions(int[] images) {
    int[] owner_M = pairs.owner_M();
    return IntStream.range(0, owner_M.length)
        .filter(m -> Arrays.binarySearch(images, owner_M[m]) >= 0)
        .toArray();
  }
}
