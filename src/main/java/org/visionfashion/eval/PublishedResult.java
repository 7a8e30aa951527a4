package org.visionfashion.eval;

import static org.visionfashion.eval.ScoreKey.CATEGORY;
import static org.visionfashion.eval.ScoreKey.IMAGE_TO_TEXT;
import static org.visionfashion.eval.ScoreKey.TEXTURES;
import static org.visionfashion.eval.ScoreKey.TEXT_TO_IMAGE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;

/**
 * Scores that others published on DeepFashion-MultiModal. Not to be compared with what is measured
 * here: another split, and where conditions say so, other labels.
 *
 * @param source who published them
 * @param conditions what they were measured on
 * @param scores in the order to show
 */
public record PublishedResult(String source, String conditions, Map<ScoreKey, Double> scores) {

  /** All that are known. */
  public static final List<PublishedResult> ALL =
      List.of(
          of(
              "paper",
              "random split, about 6,383 test pictures, 96 % of which show an item of training;"
                  + " category: sleeve length, 6 classes",
              new Result(new ScoreKey(Group.IMAGE_TO_TEXT, Metric.RECALL_1), .1914),
              new Result(new ScoreKey(Group.IMAGE_TO_TEXT, Metric.RECALL_5), .4007),
              new Result(IMAGE_TO_TEXT, .5492),
              new Result(new ScoreKey(Group.TEXT_TO_IMAGE, Metric.RECALL_1), .2175),
              new Result(new ScoreKey(Group.TEXT_TO_IMAGE, Metric.RECALL_5), .4088),
              new Result(TEXT_TO_IMAGE, .5539),
              new Result(CATEGORY, .9470),
              new Result(new ScoreKey(Group.CATEGORY, Metric.TOP_3), .9962),
              new Result(new ScoreKey(Group.CATEGORY, Metric.TOP_5), .9995),
              new Result(new ScoreKey(Group.TEXTURES, Metric.RECALL_1), .1598),
              new Result(new ScoreKey(Group.TEXTURES, Metric.RECALL_3), .4634),
              new Result(TEXTURES, .7291)),
          of(
              "model card",
              "a split that fits no published version of the data; category: 17 types",
              new Result(IMAGE_TO_TEXT, .55),
              new Result(TEXT_TO_IMAGE, .55),
              new Result(CATEGORY, .947),
              new Result(TEXTURES, .729)),
          of(
              "FashionCLIP 2.0",
              "not trained on these data; all 42,537 pictures searched",
              new Result(new ScoreKey(Group.TEXT_TO_IMAGE, Metric.RECALL_1), .003),
              new Result(TEXT_TO_IMAGE, .026)),
          of(
              "Marqo-FashionSigLIP",
              "not trained on these data; all 42,537 pictures searched",
              new Result(new ScoreKey(Group.TEXT_TO_IMAGE, Metric.RECALL_1), .007),
              new Result(TEXT_TO_IMAGE, .031)));

  /** What the published results were measured on, by any publisher's spelling. */
  private static final String DATA_SET = "deepfashion-multimodal";

  /**
   * Those on a data set; none on others, the drawn demo among them.
   *
   * @param dataset its name
   */
  public static List<PublishedResult> on(String dataset) {
    return dataset.toLowerCase(Locale.ROOT).contains(DATA_SET) ? ALL : List.of();
  }

  private record Result(ScoreKey key, double value) {}

  private static PublishedResult of(String source, String conditions, Result... results) {
    Map<ScoreKey, Double> scores = new LinkedHashMap<>();
    for (Result result : results) {
      scores.put(result.key, result.value);
    }
    return new PublishedResult(source, conditions, scores);
  }
}
