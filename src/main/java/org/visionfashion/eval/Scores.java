package org.visionfashion.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.AveragePrecision;
import org.visionfashion.metrics.CategoryScores;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.RetrievalMetrics;

/**
 * The few scores that validation after every epoch needs, by the same metrics as {@link Scoring};
 * NaN where the data or the model cannot say.
 *
 * @param imageToTextRecallAt10 strict
 * @param textToImageRecallAt10 strict
 * @param meanReciprocalRank strict, mean of both directions; tells models apart whose recall is 1
 * @param categoryTop1 share of pictures whose category comes first
 * @param attributeMeanAveragePrecision over the attributes
 * @param texture48RecallAt5 of the texture groups read with NA
 */
public record Scores(
    double imageToTextRecallAt10,
    double textToImageRecallAt10,
    double meanReciprocalRank,
    double categoryTop1,
    double attributeMeanAveragePrecision,
    double texture48RecallAt5) {

  /** Scores what a model says about a split. */
  public static Scores of(EmbeddingTable table, LabelScheme scheme) {
    Pairs pairs = table.pairs();
    int[] group_P = PairRanks.groups(pairs.captions());
    PairRanks.BothWays ranks = PairRanks.bothWays(pairs.image_PE(), pairs.text_PE(), group_P);
    int[] toText_P = ranks.imageToText().strict().ranks();
    int[] toImage_P = ranks.textToImage().strict().ranks();
    return new Scores(
        RetrievalMetrics.recall(toText_P, 10),
        RetrievalMetrics.recall(toImage_P, 10),
        (RetrievalMetrics.meanReciprocalRank(toText_P)
                + RetrievalMetrics.meanReciprocalRank(toImage_P))
            / 2,
        categoryTop1(table),
        meanAveragePrecision(table),
        textureRecall(table, ExclusiveGroups.textures(scheme)));
  }

  /** Mean of both directions' recall@10. */
  public double recallAt10() {
    return (imageToTextRecallAt10 + textToImageRecallAt10) / 2;
  }

  /**
   * What decides which epoch is best: the mean of the known scores, the mean reciprocal rank in the
   * place of each recall@10, which is 1 for good where ten pairs or fewer are searched.
   */
  public double deciding() {
    Map<String, Double> scores = known();
    scores.replace(ScoreKey.IMAGE_TO_TEXT.key(), meanReciprocalRank);
    scores.replace(ScoreKey.TEXT_TO_IMAGE.key(), meanReciprocalRank);
    return scores.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** The scores that are known, by the names of the evaluation file. */
  public Map<String, Double> known() {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(ScoreKey.IMAGE_TO_TEXT.key(), imageToTextRecallAt10);
    scores.put(ScoreKey.TEXT_TO_IMAGE.key(), textToImageRecallAt10);
    scores.put(ScoreKey.CATEGORY.key(), categoryTop1);
    scores.put(ScoreKey.ATTRIBUTE_PRECISION.key(), attributeMeanAveragePrecision);
    scores.put(ScoreKey.TEXTURES.key(), texture48RecallAt5);
    scores.values().removeIf(score -> Double.isNaN(score));
    return scores;
  }

  private static double categoryTop1(EmbeddingTable table) {
    return table.category_NC().length == 0
        ? Double.NaN
        : CategoryScores.of(table.category_NC(), table.categories(), together(table))
            .value()[CategoryScores.TOP1];
  }

  private static double meanAveragePrecision(EmbeddingTable table) {
    if (table.attribute_NA().length == 0) {
      return Double.NaN;
    }
    double[] value_K =
        AveragePrecision.of(table.attribute_NA(), table.attributes(), together(table)).value();
    return value_K[value_K.length - 1];
  }

  private static double textureRecall(EmbeddingTable table, ExclusiveGroups textures) {
    return table.attribute_NA().length == 0
        ? Double.NaN
        : AttributeScores.of(
                textures.scores(table.attribute_NA()),
                textures.labels(table.attributes()),
                together(table),
                5)
            .value()[AttributeScores.PER_IMAGE];
  }

  private static Items together(EmbeddingTable table) {
    return Items.together(table.examples().size());
  }
}
