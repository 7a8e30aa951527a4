package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Scores of the attributes.
 *
 * @param scheme name of the label scheme
 * @param count number of attributes
 * @param recallAt1 mean over images of the share of true attributes that the best score names
 * @param recallAt3 the same of the three best
 * @param recallAt5 the same of the five best
 * @param pooledRecallAt5 found true attributes of all images over all true attributes
 * @param perAttributeRecallAt5 mean over attributes
 * @param meanAveragePrecision mean over attributes
 * @param ceilingRecallAt5 recallAt5 of a perfect predictor
 * @param baselineRecallAt5 recallAt5 of always naming the most frequent of training
 * @param groupAccuracy mean over groups of exclusive values; NaN where the scheme has none
 * @param texture48 the texture groups read with NA; null where the scheme has none
 */
public record AttributeReport(
    String scheme,
    int count,
    @JsonProperty("recall@1") double recallAt1,
    @JsonProperty("recall@3") double recallAt3,
    @JsonProperty("recall@5") double recallAt5,
    @JsonProperty("pooled_recall@5") double pooledRecallAt5,
    @JsonProperty("per_attribute_recall@5") double perAttributeRecallAt5,
    @JsonProperty("mean_average_precision") double meanAveragePrecision,
    @JsonProperty("ceiling_recall@5") double ceilingRecallAt5,
    @JsonProperty("baseline_recall@5") double baselineRecallAt5,
    @JsonProperty("group_accuracy") double groupAccuracy,
    Texture48 texture48) {

  /**
   * The six texture groups, eight values each, as one list of 48 attributes.
   *
   * @param recallAt1 mean over images of the share of true attributes that the best score names
   * @param recallAt3 the same of the three best
   * @param recallAt5 the same of the five best
   * @param ceilingRecallAt5 recallAt5 of a perfect predictor
   * @param baselineRecallAt5 recallAt5 of always naming the most frequent of training
   */
  public record Texture48(
      @JsonProperty("recall@1") double recallAt1,
      @JsonProperty("recall@3") double recallAt3,
      @JsonProperty("recall@5") double recallAt5,
      @JsonProperty("ceiling_recall@5") double ceilingRecallAt5,
      @JsonProperty("baseline_recall@5") double baselineRecallAt5) {}
}
