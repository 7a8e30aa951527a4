package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.visionfashion.metrics.Interval;

/**
 * Retrieval in both directions.
 *
 * @param imageToText the image's own caption must be found
 * @param textToImage the caption's own image must be found
 * @param duplicateAware any item with an equal caption counts
 * @param attainable the best the data allow, null where unknown
 * @param galleries the same among fewer candidates, the smallest gallery first
 * @param slices the same for some of the queries among all candidates
 */
public record RetrievalReport(
    @JsonProperty("image_to_text") Direction imageToText,
    @JsonProperty("text_to_image") Direction textToImage,
    @JsonProperty("duplicate_aware") DuplicateAware duplicateAware,
    AttainableRecall attainable,
    List<Gallery> galleries,
    List<Slice> slices) {

  public RetrievalReport {
    galleries = galleries == null ? List.of() : List.copyOf(galleries);
    slices = slices == null ? List.of() : List.copyOf(slices);
  }

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

  /**
   * Strict retrieval among candidates drawn at random, the exact mean over all such galleries.
   *
   * @param size candidates, the target included
   * @param imageToText images ask for captions
   * @param textToImage captions ask for images
   */
  public record Gallery(
      int size,
      @JsonProperty("image_to_text") Recalls imageToText,
      @JsonProperty("text_to_image") Recalls textToImage) {}

  /**
   * Scores of one direction in a gallery.
   *
   * @param at1 recall@1
   * @param at5 recall@5
   * @param at10 recall@10
   * @param ci95At10 95 % interval, null where there is none
   * @param chanceAt10 what a random order reaches
   */
  public record Recalls(
      @JsonProperty("recall@1") double at1,
      @JsonProperty("recall@5") double at5,
      @JsonProperty("recall@10") double at10,
      @JsonProperty("ci95_recall@10") Interval ci95At10,
      @JsonProperty("chance_recall@10") double chanceAt10) {}

  /**
   * The queries that have something in common.
   *
   * @param by what, for example {@code gender}
   * @param value for example {@code WOMEN}
   * @param queries how many
   * @param imageToText their images ask for captions
   * @param textToImage their captions ask for images
   * @param duplicateAware any item with an equal caption counts
   */
  public record Slice(
      String by,
      String value,
      int queries,
      @JsonProperty("image_to_text") Direction imageToText,
      @JsonProperty("text_to_image") Direction textToImage,
      @JsonProperty("duplicate_aware") DuplicateAware duplicateAware) {}
}
