package org.visionfashion;

import java.util.List;

/**
 * What the model predicts for a picture.
 *
 * @param categories all classes, the likeliest first; probabilities sum to 1; empty where the model
 *     has no categories
 * @param attributes all attributes, the likeliest first; each probability is independent of the
 *     others
 */
public record Prediction(List<Label> categories, List<Label> attributes) {

  /**
   * A name with its probability.
   *
   * @param name as the label scheme calls it; an attribute as {@code group: value}
   * @param probability in [0, 1]: softmax (category) or sigmoid (attribute) of the head's output.
   *     It is not calibrated: use it to rank, not as a frequency. A head trained with {@code
   *     finetune.positive_weight} above 1 gives attributes a higher probability than they have; the
   *     evaluation's calibration section shows by how much.
   */
  public record Label(String name, double probability) {}

  /** The likeliest class. */
  public Label category() {
    return categories.get(0);
  }
}
