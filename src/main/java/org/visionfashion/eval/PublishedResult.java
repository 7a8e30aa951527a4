package org.visionfashion.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores that others published on DeepFashion-MultiModal. Not to be compared with what is measured
 * here: another split, and where conditions say so, other labels.
 *
 * @param source who published them
 * @param conditions what they were measured on
 * @param scores by full name
 */
public record PublishedResult(String source, String conditions, Map<String, Double> scores) {

  private static final String TO_TEXT = "retrieval.image_to_text.recall@";
  private static final String TO_IMAGE = "retrieval.text_to_image.recall@";
  private static final String TEXTURE = "attributes.texture48.recall@";

  /** All that are known. */
  public static final List<PublishedResult> ALL =
      List.of(
          new PublishedResult(
              "paper",
              "random split, about 6,383 test pictures, 96 % of which show an item of training;"
                  + " category: sleeve length, 6 classes",
              scores(
                  TO_TEXT + 1,
                  0.1914,
                  TO_TEXT + 5,
                  0.4007,
                  TO_TEXT + 10,
                  0.5492,
                  TO_IMAGE + 1,
                  0.2175,
                  TO_IMAGE + 5,
                  0.4088,
                  TO_IMAGE + 10,
                  0.5539,
                  "category.top1",
                  0.9470,
                  "category.top3",
                  0.9962,
                  "category.top5",
                  0.9995,
                  TEXTURE + 1,
                  0.1598,
                  TEXTURE + 3,
                  0.4634,
                  TEXTURE + 5,
                  0.7291)),
          new PublishedResult(
              "model card",
              "a split that fits no published version of the data; category: 17 types",
              scores(
                  TO_TEXT + 10,
                  0.55,
                  TO_IMAGE + 10,
                  0.55,
                  "category.top1",
                  0.947,
                  TEXTURE + 5,
                  0.729)),
          new PublishedResult(
              "FashionCLIP 2.0",
              "not trained on these data; all 42,537 pictures searched",
              scores(TO_IMAGE + 1, 0.003, TO_IMAGE + 10, 0.026)),
          new PublishedResult(
              "Marqo-FashionSigLIP",
              "not trained on these data; all 42,537 pictures searched",
              scores(TO_IMAGE + 1, 0.007, TO_IMAGE + 10, 0.031)));

  private static Map<String, Double> scores(Object... keysAndValues) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      scores.put((String) keysAndValues[i], (Double) keysAndValues[i + 1]);
    }
    return scores;
  }
}
