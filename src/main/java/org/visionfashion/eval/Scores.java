package org.visionfashion.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.AttributeRecall;
import org.visionfashion.metrics.AveragePrecision;
import org.visionfashion.metrics.CategoryMetrics;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.PairRanks;
import org.visionfashion.metrics.RetrievalMetrics;

/**
 * The few scores that validation after every epoch needs, by the same metrics as {@link Evaluator};
 * NaN where the data or the model cannot say.
 *
 * @param imageToTextRecallAt10 strict
 * @param textToImageRecallAt10 strict
 * @param categoryTop1 share of pictures whose category comes first
 * @param attributeMeanAveragePrecision over the attributes
 * @param texture48RecallAt5 of the texture groups read with NA
 */
public record Scores(
    double imageToTextRecallAt10,
    double textToImageRecallAt10,
    double categoryTop1,
    double attributeMeanAveragePrecision,
    double texture48RecallAt5) {

  /** Scores what a model says about a split. */
  public static Scores of(EmbeddingTable table, LabelScheme scheme) {
    Pairs pairs = table.pairs();
    int[] group_P = PairRanks.groups(pairs.captions());
    PairRanks.BothWays ranks = PairRanks.bothWays(pairs.image_PE(), pairs.text_PE(), group_P);
    return new Scores(
        recall(ranks.imageToText()),
        recall(ranks.textToImage()),
        categoryTop1(table),
        meanAveragePrecision(table),
        textureRecall(table, ExclusiveGroups.textures(scheme)));
  }

  /** Mean of both directions' recall@10. */
  public double recallAt10() {
    return (imageToTextRecallAt10 + textToImageRecallAt10) / 2;
  }

  /** The scores that are known, by the names of the evaluation file. */
  public Map<String, Double> known() {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("image_to_text.recall@10", imageToTextRecallAt10);
    scores.put("text_to_image.recall@10", textToImageRecallAt10);
    scores.put("category.top1", categoryTop1);
    scores.put("attributes.mean_average_precision", attributeMeanAveragePrecision);
    scores.put("texture48.recall@5", texture48RecallAt5);
    scores.values().removeIf(score -> Double.isNaN(score));
    return scores;
  }

  private static double recall(PairRanks ranks) {
    return RetrievalMetrics.recall(ranks.strict().ranks(), 10);
  }

  private static double categoryTop1(EmbeddingTable table) {
    return table.category_NC().length == 0
        ? Double.NaN
        : CategoryMetrics.of(table.category_NC(), table.categories()).top1();
  }

  private static double meanAveragePrecision(EmbeddingTable table) {
    return table.attribute_NA().length == 0
        ? Double.NaN
        : AveragePrecision.macro(table.attribute_NA(), table.attributes());
  }

  private static double textureRecall(EmbeddingTable table, ExclusiveGroups textures) {
    return table.attribute_NA().length == 0
        ? Double.NaN
        : AttributeRecall.of(
                textures.scores(table.attribute_NA()), textures.labels(table.attributes()), 5)
            .perImage();
  }
}
