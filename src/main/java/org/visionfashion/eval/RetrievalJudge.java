package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.RankCounts;

/** Judges retrieval: both directions, strict and with equal captions as equal answers. */
final class RetrievalJudge {

  /** Below this many pairs chance alone puts more than a tenth of them among the first ten. */
  private static final int FEW_PAIRS = 100;

  private static final AttainableRecall.Recall UNKNOWN =
      new AttainableRecall.Recall(Double.NaN, Double.NaN, Double.NaN);

  /** Both directions of one reading of what counts. */
  private record BothWays(RankedQueries toText, RankedQueries toImage) {

    BothWays only(int[] queries) {
      return new BothWays(toText.only(queries), toImage.only(queries));
    }
  }

  private final Pairs pairs;
  private final LabelScheme scheme;
  private final Bootstrap bootstrap;
  private final Items items;

  RetrievalJudge(Pairs pairs, LabelScheme scheme, Bootstrap bootstrap) {
    this.pairs = pairs;
    this.scheme = scheme;
    this.bootstrap = bootstrap;
    this.items = Items.of(pairs.items());
  }

  Judged<RetrievalReport> judge(Optional<AttainableRecall> attainable) {
    if (pairs.size() == 0) {
      return Judged.none();
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
    GalleryJudge galleries = new GalleryJudge(strict.toText, strict.toImage, bootstrap);
    List<Scorecard> cards = new ArrayList<>(cards(strict, any, attainable));
    galleries.card().ifPresent(cards::add);
    RetrievalReport report =
        new RetrievalReport(
            strict.toText.report(bootstrap),
            strict.toImage.report(bootstrap),
            duplicateAware(any),
            attainable.orElse(null),
            galleries.reports(),
            slices(strict, any));
    return Judged.of(report, cards, Cautions.retrieval(group_P, FEW_PAIRS));
  }

  private List<Scorecard> cards(
      BothWays strict, BothWays any, Optional<AttainableRecall> attainable) {
    return List.of(
        strict.toText.card(
            Group.IMAGE_TO_TEXT,
            attainable.map(AttainableRecall::imageToText).orElse(UNKNOWN),
            bootstrap),
        strict.toImage.card(
            Group.TEXT_TO_IMAGE,
            attainable.map(AttainableRecall::textToImage).orElse(UNKNOWN),
            bootstrap),
        any.toText.card(Group.IMAGE_TO_EQUAL_TEXT, UNKNOWN, bootstrap),
        any.toImage.card(Group.EQUAL_TEXT_TO_IMAGE, UNKNOWN, bootstrap));
  }

  private RankedQueries queries(RankCounts counts, Chance chance) {
    return new RankedQueries(counts.ranks(), chance, items);
  }

  private RetrievalReport.DuplicateAware duplicateAware(BothWays any) {
    return new RetrievalReport.DuplicateAware(
        any.toText.report(bootstrap), any.toImage.report(bootstrap));
  }

  private List<RetrievalReport.Slice> slices(BothWays strict, BothWays any) {
    return Slicing.of(pairs.examples(), scheme).stream()
        .flatMap(
            slicing ->
                slicing.slices().entrySet().stream()
                    .map(
                        slice ->
                            slice(
                                slicing.by(),
                                slice.getKey(),
                                strict.only(slice.getValue()),
                                any.only(slice.getValue()))))
        .toList();
  }

  private RetrievalReport.Slice slice(String by, String value, BothWays strict, BothWays any) {
    return new RetrievalReport.Slice(
        by,
        value,
        strict.toText.rank_Q().length,
        strict.toText.report(bootstrap),
        strict.toImage.report(bootstrap),
        duplicateAware(any));
  }
}
