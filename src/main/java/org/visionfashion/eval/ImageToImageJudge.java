package org.visionfashion.eval;

import java.util.List;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.NeighbourRanks;
import org.visionfashion.metrics.RetrievalMetrics;
import org.visionfashion.metrics.Totals;

/**
 * Judges whether pictures of one product lie together: pictures ask for the other pictures of their
 * item, as a recommendation does.
 */
final class ImageToImageJudge {

  private final Scoreboard board;

  ImageToImageJudge(Scoreboard board) {
    this.board = board;
  }

  /** Adds nothing where no item has two pictures. */
  void judge(EmbeddingTable table) {
    Items items = Items.of(table.items());
    NeighbourRanks ranks = NeighbourRanks.of(table.image_NE(), items);
    int queries = ranks.query_Q().length;
    if (queries == 0) {
      return;
    }
    Chance chance = Chance.of(ranks.targets_Q(), ranks.candidates());
    int[] first_Q = ranks.first_Q();
    Estimate scores =
        board.estimate(
            Totals.means(
                items.only(ranks.query_Q()),
                List.of(
                    RetrievalMetrics.hits(first_Q, 1),
                    RetrievalMetrics.hits(first_Q, 5),
                    RetrievalMetrics.hits(first_Q, 10),
                    ranks.averagePrecision_Q())));
    board
        .card(Group.IMAGE_TO_IMAGE)
        .share(Metric.RECALL_1, scores, 0, queries, chance.recall(1), 1)
        .share(Metric.RECALL_5, scores, 1, queries, chance.recall(5), 1)
        .share(Metric.RECALL_10, scores, 2, queries, chance.recall(10), 1)
        .share(Metric.MEAN_AVERAGE_PRECISION, scores, 3, queries, chance.meanAveragePrecision(), 1);
  }
}
