package org.visionfashion;

import java.util.List;

/**
 * What the model says about a picture.
 *
 * @param categories all classes, the likeliest first; probabilities sum to 1; empty where the model
 *     knows none
 * @param attributes all attributes, the likeliest first; each probability stands for itself
 */
public record Prediction(List<Label> categories, List<Label> attributes) {

  /**
   * A name with its probability.
   *
   * @param name as the label scheme calls it; an attribute as {@code group: value}
   * @param probability in [0, 1]
   */
  public record Label(String name, double probability) {}

  /** The likeliest class. */
  public Label category() {
    return categories.get(0);
  }
}
