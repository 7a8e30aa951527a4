package org.visionfashion.train;

import java.util.Map;
import java.util.function.Supplier;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.Scores;

/**
 * Judges a model on the validation split. The score is the mean of what the model can do: recall@10
 * both ways, category top-1, attribute mean average precision, texture recall, as far as each
 * applies.
 *
 * @param <B> what a batch consists of
 */
final class Validator<B> implements Validation.Judge {

  private final BatchLoss<B> batchLoss;
  private final Feed<B> feed;
  private final Supplier<EmbeddingTable> table;
  private final TrainingRun run;

  /**
   * @param feed the validation split in batches, for the loss
   * @param table the validation split whole, for the scores
   * @param run ends the judging once it is no longer wanted
   */
  Validator(BatchLoss<B> batchLoss, Feed<B> feed, Supplier<EmbeddingTable> table, TrainingRun run) {
    this.batchLoss = batchLoss;
    this.feed = feed;
    this.table = table;
    this.run = run;
  }

  @Override
  public Validation judge() {
    Map<String, Double> values = Scores.of(table.get(), run.dataset().scheme()).known();
    double score = values.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return new Validation(loss(), score, values);
  }

  private double loss() {
    double sum = 0;
    long examples = 0;
    for (Feed.Minibatch<B> each : feed.epoch(0, 0)) {
      try (Feed.Minibatch<B> minibatch = each) {
        run.requireWanted();
        sum += minibatch.size() * batchLoss.value(minibatch);
        examples += minibatch.size();
      }
    }
    return sum / Math.max(1, examples);
  }
}
