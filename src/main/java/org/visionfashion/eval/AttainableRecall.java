package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The best strict retrieval that the data allow: what a perfect reader of the labels that captions
 * mention reaches, ties broken at random.
 *
 * @param imageToText images ask for captions
 * @param textToImage captions ask for images
 */
public record AttainableRecall(
    @JsonProperty("image_to_text") Recall imageToText,
    @JsonProperty("text_to_image") Recall textToImage) {

  /**
   * Of one direction.
   *
   * @param at1 recall@1
   * @param at5 recall@5
   * @param at10 recall@10
   */
  public record Recall(
      @JsonProperty("recall@1") double at1,
      @JsonProperty("recall@5") double at5,
      @JsonProperty("recall@10") double at10) {}
}
