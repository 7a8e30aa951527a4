package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Both directions of one reading of what counts. */
  private record BothWays(RankedQueries toText, RankedQueries toImage) {

    BothWays only(int[] queries) {
      return new BothWays(toText.only(queries), toImage.only(queries));
    }

    Details.BothWays details(Scoreboard board) {
      return new Details.BothWays(toText.details(board), toImage.details(board));
    }
  }

  private final EmbeddingTable.Pairs pairs;
  private final LabelScheme scheme;
  private final Scoreboard board;
  private final Items items;

  RetrievalJudge(EmbeddingTable.Pairs pairs, LabelScheme scheme, Scoreboard board) {
    this.pairs = pairs;
    this.scheme = scheme;
    this.board = board;
    this.items = Items.of(pairs.items());
  }

  List<Details.Slice> judge(Optional<AttainableRecall> attainable) {
    if (pairs.size() == 0) {
      return List.of();
    }
    int[] group_P = PairRanks.groups(pairs.captions());
    PairRanks.BothWays ranks = PairRanks.bothWays(pairs.image_PE(), pairs.text_PE(), group_P);
    Chance own = Chance.strict(pairs.size());
    Chance equal = Chance.any(group_P);
    BothWays strict =
        new BothWays(
            queries(ranks.imageToText().strict(), own), queries(ranks.textToImage().strict(), own));
    BothWays any =
        new BothWays(
            queries(ranks.imageToText().any(), equal), queries(ranks.textToImage().any(), equal));
    AttainableRecall best = attainable.orElse(new AttainableRecall(UNKNOWN, UNKNOWN));
    strict.toText.addTo(board.card(Group.IMAGE_TO_TEXT), best.imageToText(), board);
    strict.toImage.addTo(board.card(Group.TEXT_TO_IMAGE), best.textToImage(), board);
    any.toText.addTo(board.card(Group.IMAGE_TO_EQUAL_TEXT), UNKNOWN, board);
    any.toImage.addTo(board.card(Group.EQUAL_TEXT_TO_IMAGE), UNKNOWN, board);
    galleries(board.card(Group.IMAGE_TO_FEWER_TEXTS), strict.toText);
    galleries(board.card(Group.TEXT_TO_FEWER_IMAGES), strict.toImage);
    board.caution(Cautions.retrieval(group_P, FEW_PAIRS));
    return Slicing.of(pairs.examples(), scheme).stream()
        .flatMap(slicing -> slices(slicing, strict, any))
        .toList();
  }

  private RankedQueries queries(RankCounts counts, Chance chance) {
    return new RankedQueries(counts.ranks(), chance, items);
  }

  /** Strict retrieval among fewer candidates: a score says little without their number. */
  private void galleries(Scoreboard.Card card, RankedQueries queries) {
    GalleryRecall recall = new GalleryRecall(pairs.size());
    GALLERIES.keySet().stream()
        .sorted()
        .filter(size -> size < pairs.size())
        .forEach(
            size -> {
              Chance chance = Chance.strict(pairs.size(), size);
              List<double[]> found_KQ =
                  Arrays.stream(KS)
                      .mapToObj(k -> recall.expected(queries.rank_Q(), size, k))
                      .toList();
              Estimate found = board.estimate(Totals.means(items, found_KQ));
              for (int k = 0; k < KS.length; k++) {
                card.share(
                    GALLERIES.get(size).get(k),
                    found,
                    k,
                    pairs.size(),
                    chance.recall(KS[k]),
                    Double.NaN);
              }
            });
  }

  private Stream<Details.Slice> slices(Slicing slicing, BothWays strict, BothWays any) {
    return slicing.slices().entrySet().stream()
        .map(
            slice ->
                new Details.Slice(
                    slicing.by(),
                    slice.getKey(),
                    slice.getValue().length,
                    strict.only(slice.getValue()).details(board),
                    any.only(slice.getValue()).details(board)));
  }
}
