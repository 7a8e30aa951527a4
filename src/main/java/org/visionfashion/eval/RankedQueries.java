package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.RetrievalMetrics;
import org.visionfashion.metrics.Totals;

/**
 * Queries of one direction with the ranks of their targets.
 *
 * @param rank_Q from 1
 * @param chance what a random order reaches
 * @param items the products that the queries show
 */
record RankedQueries(int[] rank_Q, Chance chance, Items items) {

  /** Some of the queries among the same candidates. */
  RankedQueries only(int[] queries) {
    return new RankedQueries(
        Arrays.stream(queries).map(query -> rank_Q[query]).toArray(),
        chance.only(queries),
        items.only(queries));
  }

  /** The numbers of the file. */
  RetrievalReport.Direction report(Bootstrap bootstrap) {
    RetrievalMetrics metrics = RetrievalMetrics.of(rank_Q);
    Interval interval = bootstrap.means(List.of(hits(10)), items).get(0);
    return new RetrievalReport.Direction(
        metrics.recallAt1(),
        metrics.recallAt5(),
        metrics.recallAt10(),
        metrics.medianRank(),
        metrics.mrr(),
        interval,
        chance.recall(10));
  }

  /** The same as a section. */
  Scorecard card(Group group, AttainableRecall.Recall best, Bootstrap bootstrap) {
    RetrievalMetrics metrics = RetrievalMetrics.of(rank_Q);
    int count = rank_Q.length;
    double[][] draw_KR =
        bootstrap.draws(
            items,
            Totals.means(items, List.of(hits(1), hits(5), hits(10), each(rank -> 1.0 / rank))));
    return new Scorecard(group, group.label())
        .share(
            Metric.RECALL_1, metrics.recallAt1(), count, chance.recall(1), best.at1(), draw_KR[0])
        .share(
            Metric.RECALL_5, metrics.recallAt5(), count, chance.recall(5), best.at5(), draw_KR[1])
        .share(
            Metric.RECALL_10,
            metrics.recallAt10(),
            count,
            chance.recall(10),
            best.at10(),
            draw_KR[2])
        .plain(Metric.MEDIAN_RANK, metrics.medianRank(), count, chance.medianRank())
        .share(Metric.MRR, metrics.mrr(), count, chance.mrr(), Double.NaN, draw_KR[3]);
  }

  private double[] hits(int k) {
    return each(rank -> rank <= k ? 1 : 0);
  }

  private double[] each(IntToDoubleFunction value) {
    return Arrays.stream(rank_Q).mapToDouble(value).toArray();
  }
}
