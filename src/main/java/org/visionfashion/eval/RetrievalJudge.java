package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.RetrievalMetrics;

/** Judges retrieval: both directions, strict and with equal captions as equal answers. */
final class RetrievalJudge {

  /** Below this many pairs chance alone puts more than a tenth of them among the first ten. */
  private static final int FEW_PAIRS = 100;

  private static final AttainableRecall.Recall UNKNOWN =
      new AttainableRecall.Recall(Double.NaN, Double.NaN, Double.NaN);

  /** One direction judged: the numbers of the file and their section. */
  private record Direction(RetrievalReport.Direction report, Section section) {}

  private final Pairs pairs;
  private final Bootstrap bootstrap;

  RetrievalJudge(Pairs pairs, Bootstrap bootstrap) {
    this.pairs = pairs;
    this.bootstrap = bootstrap;
  }

  Judged<RetrievalReport> judge(Optional<AttainableRecall> attainable) {
    if (pairs.size() == 0) {
      return Judged.none();
    }
    int[] group_P = PairRanks.groups(pairs.captions());
    PairRanks toText = PairRanks.of(pairs.image_PE(), pairs.text_PE(), group_P);
    PairRanks toImage = PairRanks.of(pairs.text_PE(), pairs.image_PE(), group_P);
    AttainableRecall.Recall bestText =
        attainable.map(AttainableRecall::imageToText).orElse(UNKNOWN);
    AttainableRecall.Recall bestImage =
        attainable.map(AttainableRecall::textToImage).orElse(UNKNOWN);
    Chance strict = Chance.strict(pairs.size());
    Chance any = Chance.any(group_P);
    String equal = ", equal captions count";
    Direction strictText = direction("Image to text", toText.strict().ranks(), strict, bestText);
    Direction strictImage = direction("Text to image", toImage.strict().ranks(), strict, bestImage);
    Direction anyText = direction("Image to text" + equal, toText.any().ranks(), any, UNKNOWN);
    Direction anyImage = direction("Text to image" + equal, toImage.any().ranks(), any, UNKNOWN);
    return new Judged<>(
        new RetrievalReport(
            strictText.report(),
            strictImage.report(),
            new RetrievalReport.DuplicateAware(anyText.report(), anyImage.report()),
            attainable.orElse(null)),
        List.of(strictText.section(), strictImage.section(), anyText.section(), anyImage.section()),
        Cautions.retrieval(group_P, FEW_PAIRS));
  }

  private Direction direction(
      String title, int[] rank_P, Chance chance, AttainableRecall.Recall best) {
    RetrievalMetrics metrics = RetrievalMetrics.of(rank_P);
    List<Interval> intervals =
        bootstrap.means(
            List.of(
                each(rank_P, rank -> rank <= 1 ? 1 : 0),
                each(rank_P, rank -> rank <= 5 ? 1 : 0),
                each(rank_P, rank -> rank <= 10 ? 1 : 0),
                each(rank_P, rank -> 1.0 / rank)),
            pairs.items());
    RetrievalReport.Direction report =
        new RetrievalReport.Direction(
            metrics.recallAt1(),
            metrics.recallAt5(),
            metrics.recallAt10(),
            metrics.medianRank(),
            metrics.mrr(),
            intervals.get(2),
            chance.recall(10));
    int count = rank_P.length;
    List<Score> scores =
        List.of(
            Score.share(
                "recall@1",
                report.recallAt1(),
                count,
                chance.recall(1),
                best.at1(),
                intervals.get(0)),
            Score.share(
                "recall@5",
                report.recallAt5(),
                count,
                chance.recall(5),
                best.at5(),
                intervals.get(1)),
            Score.share(
                "recall@10",
                report.recallAt10(),
                count,
                chance.recall(10),
                best.at10(),
                intervals.get(2)),
            Score.rank("median_rank", report.medianRank(), count, chance.medianRank()),
            Score.share("mrr", report.mrr(), count, chance.mrr(), Double.NaN, intervals.get(3)));
    return new Direction(report, new Section(title, "queries", "chance", scores));
  }

  private static double[] each(int[] rank_P, IntToDoubleFunction value) {
    return Arrays.stream(rank_P).mapToDouble(value).toArray();
  }
}
