package org.visionfashion.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.eval.Scores;

/**
 * What the validation split says after an epoch.
 *
 * <p>The loss is the objective without dropout, a mean over the split, each example once among
 * {@value #CANDIDATES} neighbours or, in a smaller split, among all: whatever batch a run trains
 * with, its validation loss can be compared with that of another run on the same split.
 *
 * @param loss see above
 * @param score which epoch is best, higher is better: the mean of what the model can do, as far as
 *     each applies, of mean reciprocal rank both ways, category top-1, attribute mean average
 *     precision and texture recall@5. A recall@10 among a few pairs would soon be 1 for good.
 * @param values scores by name, in the order to show
 * @param collapsed whether all pictures look alike to the model, and texts find them by chance
 */
public record Validation(double loss, double score, Map<String, Double> values, boolean collapsed) {

  /** With how many examples each is compared. */
  static final int CANDIDATES = 64;

  /** With fewer examples the best epoch is largely chance. */
  static final int FEW = 100;

  /** Pictures whose mean cosine is larger are all the same to a model. */
  private static final double ALIKE = 0.99;

  /** A split in blocks of one size: the last block begins with examples of the one before. */
  record Blocks(List<Example> examples, int size, int repeated) {

    static Blocks of(List<Example> split) {
      int size = size(split);
      int rest = split.size() % size;
      int repeated = rest > 0 ? size - rest : 0;
      int whole = split.size() - rest;
      int[] indices =
          IntStream.range(0, split.size() + repeated)
              .map(i -> i < whole ? i : i - repeated)
              .toArray();
      return new Blocks(Examples.of(split).select(indices), size, repeated);
    }

    /** Without candidates no example need be repeated: the last block is smaller. */
    static Blocks withoutCandidates(List<Example> split) {
      return new Blocks(split, size(split), 0);
    }

    private static int size(List<Example> split) {
      return Math.max(1, Math.min(CANDIDATES, split.size()));
    }

    /** How many of a batch's first examples were counted before. */
    int counted(Feed.Minibatch<?> batch) {
      int start = batch.index() * size;
      if (start + size < examples.size()) {
        return 0;
      }
      List<String> ids =
          examples.subList(start, start + repeated).stream().map(Example::id).toList();
      return (int) batch.ids().stream().limit(repeated).takeWhile(ids::contains).count();
    }
  }

  /**
   * Validates a model as it is.
   *
   * @param feed the blocks
   * @param table the split as a whole
   * @param stop ends the work by what it throws
   */
  static <B> Validation of(
      BatchLoss<B> batchLoss,
      Feed<B> feed,
      Blocks blocks,
      EmbeddingTable table,
      LabelScheme scheme,
      Runnable stop) {
    Scores scores = Scores.of(table, scheme);
    return new Validation(
        loss(batchLoss, feed, blocks, stop),
        scores.deciding(),
        scores.known(),
        collapsed(table.image_NE(), scores.known()));
  }

  /** Recall@10 of a search by chance is 10 / N; the double of it is still no search. */
  static boolean collapsed(float[][] image_NE, Map<String, Double> scores) {
    int pictures = image_NE.length;
    double recall = scores.getOrDefault(ScoreKey.TEXT_TO_IMAGE.key(), 0.0);
    return pictures > 1 && meanCosine(image_NE) > ALIKE && recall <= 2 * 10.0 / pictures;
  }

  /** Over all pairs of different rows, which have length 1. */
  static double meanCosine(float[][] row_NE) {
    int rows = row_NE.length;
    double[] sum_E = new double[row_NE[0].length];
    for (float[] row_E : row_NE) {
      for (int e = 0; e < sum_E.length; e++) {
        sum_E[e] += row_E[e];
      }
    }
    double square = Arrays.stream(sum_E).map(value -> value * value).sum();
    return (square - rows) / ((double) rows * (rows - 1));
  }

  private static <B> double loss(
      BatchLoss<B> batchLoss, Feed<B> feed, Blocks blocks, Runnable stop) {
    double sum = 0;
    long examples = 0;
    for (Feed.Minibatch<B> each : feed.epoch(0, 0)) {
      try (Feed.Minibatch<B> minibatch = each) {
        stop.run();
        int counted = blocks.counted(minibatch);
        sum += minibatch.size() * batchLoss.value(minibatch, counted);
        examples += minibatch.size() - counted;
      }
    }
    return sum / Math.max(1, examples);
  }
}
