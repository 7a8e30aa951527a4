package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.NeighbourRanks;
import org.visionfashion.metrics.RetrievalMetrics;
import org.visionfashion.metrics.Totals;

/** Judges whether pictures of one product lie together. */
final class ImageToImageJudge {

  private final Bootstrap bootstrap;

  ImageToImageJudge(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  Judged<ImageToImageReport> judge(EmbeddingTable table) {
    Items items = Items.of(table.items());
    NeighbourRanks ranks = NeighbourRanks.of(table.image_NE(), items);
    int queries = ranks.query_Q().length;
    if (queries == 0) {
      return Judged.none();
    }
    Chance chance = Chance.of(ranks.targets_Q(), ranks.candidates());
    double precision = Arrays.stream(ranks.averagePrecision_Q()).average().orElseThrow();
    double[][] draw_KR = draws(ranks, items.only(ranks.query_Q()));
    RetrievalMetrics metrics = RetrievalMetrics.of(ranks.first_Q());
    ImageToImageReport report =
        new ImageToImageReport(
            queries,
            ranks.candidates(),
            metrics.recallAt1(),
            metrics.recallAt5(),
            metrics.recallAt10(),
            precision,
            Interval.of(draw_KR[2]),
            Interval.of(draw_KR[3]),
            chance.recall(10),
            chance.meanAveragePrecision());
    Scorecard card =
        new Scorecard(Group.IMAGE_TO_IMAGE, Group.IMAGE_TO_IMAGE.label())
            .share(Metric.RECALL_1, metrics.recallAt1(), queries, chance.recall(1), 1, draw_KR[0])
            .share(Metric.RECALL_5, metrics.recallAt5(), queries, chance.recall(5), 1, draw_KR[1])
            .share(
                Metric.RECALL_10, metrics.recallAt10(), queries, chance.recall(10), 1, draw_KR[2])
            .share(
                Metric.MEAN_AVERAGE_PRECISION,
                precision,
                queries,
                chance.meanAveragePrecision(),
                1,
                draw_KR[3]);
    return Judged.of(report, List.of(card), List.of());
  }

  private double[][] draws(NeighbourRanks ranks, Items items) {
    return bootstrap.draws(
        items,
        Totals.means(
            items,
            List.of(
                hits(ranks.first_Q(), 1),
                hits(ranks.first_Q(), 5),
                hits(ranks.first_Q(), 10),
                ranks.averagePrecision_Q())));
  }

  private static double[] hits(int[] rank_Q, int k) {
    return Arrays.stream(rank_Q).mapToDouble(rank -> rank <= k ? 1 : 0).toArray();
  }
}
