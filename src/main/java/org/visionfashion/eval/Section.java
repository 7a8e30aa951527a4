package org.visionfashion.eval;

import java.util.List;

/**
 * Scores that are shown together.
 *
 * @param key where they stand in the JSON file, for example {@code retrieval.image_to_text}
 * @param title heading
 * @param counted what the scores were counted over, for example {@code queries}
 * @param baseline what {@link Score#baseline} is, for example {@code chance}
 * @param scores in order
 */
public record Section(
    String key, String title, String counted, String baseline, List<Score> scores) {

  public Section {
    scores = List.copyOf(scores);
  }

  /** Name of a score that no other section has. */
  public String key(Score score) {
    return key + "." + score.name();
  }
}
