package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.visionfashion.metrics.Interval;

/**
 * Retrieval in both directions.
 *
 * @param imageToText the image's own caption must be found
 * @param textToImage the caption's own image must be found
 * @param duplicateAware any item with an equal caption counts
 * @param attainable the best the data allow, null where unknown
 */
public record RetrievalReport(
    @JsonProperty("image_to_text") Direction imageToText,
    @JsonProperty("text_to_image") Direction textToImage,
    @JsonProperty("duplicate_aware") DuplicateAware duplicateAware,
    AttainableRecall attainable) {

  /**
   * Retrieval where equal captions are equal answers.
   *
   * @param imageToText images ask for captions
   * @param textToImage captions ask for images
   */
  public record DuplicateAware(
      @JsonProperty("image_to_text") Direction imageToText,
      @JsonProperty("text_to_image") Direction textToImage) {}

  /**
   * Scores of one direction.
   *
   * @param recallAt1 share of queries whose target comes first
   * @param recallAt5 share with the target among the first five
   * @param recallAt10 share with the target among the first ten
   * @param medianRank from 1
   * @param mrr mean of 1 / rank
   * @param ci95RecallAt10 95 % interval, null where there is none
   * @param chanceRecallAt10 what a random order reaches
   */
  public record Direction(
      @JsonProperty("recall@1") double recallAt1,
      @JsonProperty("recall@5") double recallAt5,
      @JsonProperty("recall@10") double recallAt10,
      @JsonProperty("median_rank") double medianRank,
      double mrr,
      @JsonProperty("ci95_recall@10") Interval ci95RecallAt10,
      @JsonProperty("chance_recall@10") double chanceRecallAt10) {}
}
