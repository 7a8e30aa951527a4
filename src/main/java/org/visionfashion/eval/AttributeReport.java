package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.visionfashion.metrics.Interval;

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
 * @param groupAccuracyWithoutNa the same where a value other than NA holds, among those values
 * @param groups the groups of exclusive values one by one
 * @param perAttribute the attributes one by one, in the scheme's order
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
    Texture48 texture48,
    @JsonProperty("group_accuracy_without_na") double groupAccuracyWithoutNa,
    List<GroupScores> groups,
    @JsonProperty("per_attribute") List<SingleAttribute> perAttribute) {

  public AttributeReport {
    groups = groups == null ? List.of() : List.copyOf(groups);
    perAttribute = perAttribute == null ? List.of() : List.copyOf(perAttribute);
  }

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

  /**
   * One group of exclusive values; a perfect predictor has accuracy 1.
   *
   * @param name of the group
   * @param withNa over all labelled images, NA a value like any other
   * @param withoutNa over the images where a value other than NA holds, among those values
   */
  public record GroupScores(
      String name,
      @JsonProperty("with_na") Accuracy withNa,
      @JsonProperty("without_na") Accuracy withoutNa) {}

  /**
   * How often the best-scored value of a group is the right one.
   *
   * @param count images
   * @param accuracy NaN where there is none
   * @param ci95 95 % interval, null where there is none
   * @param baseline accuracy of always naming the value most frequent in training
   */
  public record Accuracy(int count, double accuracy, Interval ci95, double baseline) {}

  /**
   * One attribute; a perfect predictor has average precision 1.
   *
   * @param name {@code group: value}
   * @param support images that have it
   * @param averagePrecision NaN where no image has it
   * @param ci95AveragePrecision 95 % interval, null where there is none
   * @param baselineAveragePrecision of a score that is the same for every image: the share of
   *     images that have it
   * @param recallAt5 share of its images that have it among their five best
   */
  public record SingleAttribute(
      String name,
      int support,
      @JsonProperty("average_precision") double averagePrecision,
      @JsonProperty("ci95_average_precision") Interval ci95AveragePrecision,
      @JsonProperty("baseline_average_precision") double baselineAveragePrecision,
      @JsonProperty("recall@5") double recallAt5) {}
}
