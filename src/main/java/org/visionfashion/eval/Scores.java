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
import org.visionfashion.metrics.Relevance;
import org.visionfashion.metrics.RetrievalMetrics;

/**
 * The few scores that validation after every epoch needs, by the same statistics as {@link
 * Scoring}.
 *
 * @param known by their keys, those that data and model have
 * @param deciding what decides which epoch is best: the mean of the known scores, the mean
 *     reciprocal rank in the place of each recall@10, which is 1 for good where ten pairs or fewer
 *     are searched
 */
public record Scores(Map<String, Double> known, double deciding) {

  /** Scores what a model says about a split. */
  public static Scores of(EmbeddingTable table, LabelScheme scheme) {
    EmbeddingTable.Captioned pairs = table.captioned();
    Relevance own = Relevance.own(pairs.size(), pairs.owner_M());
    PairRanks.BothWays ranks = PairRanks.bothWays(pairs.image_PE(), pairs.text_ME(), own, own);
    int[] toText_P = ranks.imageToText().strict().ranks();
    int[] toImage_P = ranks.textToImage().strict().ranks();
    Map<ScoreKey, Double> heads = heads(table, ExclusiveGroups.textures(scheme));
    Map<ScoreKey, Double> shown = new LinkedHashMap<>();
    shown.put(ScoreKey.IMAGE_TO_TEXT, RetrievalMetrics.recall(toText_P, 10));
    shown.put(ScoreKey.TEXT_TO_IMAGE, RetrievalMetrics.recall(toImage_P, 10));
    shown.putAll(heads);
    Map<ScoreKey, Double> deciding = new LinkedHashMap<>(shown);
    deciding.replace(ScoreKey.IMAGE_TO_TEXT, RetrievalMetrics.meanReciprocalRank(toText_P));
    deciding.replace(ScoreKey.TEXT_TO_IMAGE, RetrievalMetrics.meanReciprocalRank(toImage_P));
    Map<String, Double> known = new LinkedHashMap<>();
    shown.forEach((key, value) -> known.put(key.key(), value));
    known.values().removeIf(value -> value.isNaN());
    return new Scores(
        known,
        deciding.values().stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .average()
            .orElse(0));
  }

  private static Map<ScoreKey, Double> heads(EmbeddingTable table, ExclusiveGroups textures) {
    Map<ScoreKey, Double> scores = new LinkedHashMap<>();
    Items items = Items.together(table.examples().size());
    if (table.category_NC().length > 0) {
      double[] value_K = CategoryScores.of(table.category_NC(), table.categories(), items).value();
      scores.put(ScoreKey.CATEGORY, value_K[CategoryScores.TOP1]);
    }
    if (table.attribute_NA().length > 0) {
      float[][] logit_NA = table.attribute_NA();
      byte[][] label_NA = table.attributes();
      double[] precision_K = AveragePrecision.of(logit_NA, label_NA, items).value();
      scores.put(ScoreKey.ATTRIBUTE_PRECISION, precision_K[precision_K.length - 1]);
      float[][] texture_NT = textures.scores(logit_NA);
      double[] recall_K =
          AttributeScores.of(texture_NT, textures.labels(label_NA), items, 5).value();
      scores.put(ScoreKey.TEXTURES, recall_K[AttributeScores.PER_IMAGE]);
    }
    return scores;
  }
}
