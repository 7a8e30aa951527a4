package org.visionfashion.eval;

import static org.visionfashion.metrics.RetrievalMetrics.RECALL_1;
import static org.visionfashion.metrics.RetrievalMetrics.RECALL_10;
import static org.visionfashion.metrics.RetrievalMetrics.RECALL_5;
import static org.visionfashion.metrics.RetrievalMetrics.RECIPROCAL_RANK;

import java.util.Arrays;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.RetrievalMetrics;

/**
 * Queries of one direction with the ranks of their best targets.
 *
 * @param rank_Q from 1
 * @param targets_Q how many candidates are right for each query
 * @param candidates that are searched
 * @param items the products that the queries show
 */
record RankedQueries(int[] rank_Q, int[] targets_Q, int candidates, Items items) {

  /** Some of the queries among the same candidates. */
  RankedQueries only(int[] queries) {
    return new RankedQueries(
        Arrays.stream(queries).map(query -> rank_Q[query]).toArray(),
        Arrays.stream(queries).map(query -> targets_Q[query]).toArray(),
        candidates,
        items.only(queries));
  }

  private Chance chance() {
    return Chance.of(targets_Q, candidates);
  }

  /** All scores in a section of its own. */
  void addTo(Scoreboard.Card card, AttainableRecall.Recall best, Scoreboard board) {
    Estimate scores = board.estimate(RetrievalMetrics.of(rank_Q, items));
    int count = rank_Q.length;
    Chance chance = chance();
    card.share(Metric.RECALL_1, scores, RECALL_1, count, chance.recall(1), best.at1())
        .share(Metric.RECALL_5, scores, RECALL_5, count, chance.recall(5), best.at5())
        .share(Metric.RECALL_10, scores, RECALL_10, count, chance.recall(10), best.at10())
        .plain(Metric.MEDIAN_RANK, RetrievalMetrics.medianRank(rank_Q), count, chance.medianRank())
        .share(Metric.MRR, scores, RECIPROCAL_RANK, count, chance.mrr(), Double.NaN);
  }

  /** The scores of a slice. */
  Details.Direction details(Scoreboard board) {
    Estimate scores = board.estimate(RetrievalMetrics.of(rank_Q, items));
    double[] value_K = scores.value_K();
    return new Details.Direction(
        value_K[RECALL_1],
        value_K[RECALL_5],
        value_K[RECALL_10],
        RetrievalMetrics.medianRank(rank_Q),
        value_K[RECIPROCAL_RANK],
        scores.interval(RECALL_10),
        chance().recall(10));
  }
}
