package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the two towers know without the heads: names of classes are put into sentences, and a
 * picture's class is the one whose sentence lies nearest.
 *
 * @param prompts the sentences, {@code {}} the place of the name; of several the mean embedding
 *     counts
 * @param category null where the data have no categories
 * @param attributes null where the data have no attributes
 * @param words how many of the names' words training captions hold
 */
public record ZeroShotReport(
    List<String> prompts, CategoryReport category, Attributes attributes, SpokenWords words) {

  public ZeroShotReport {
    prompts = List.copyOf(prompts);
  }

  /** Why the scores may be low, one sentence; empty where training says nothing of the kind. */
  public Optional<String> caution() {
    return words == null ? Optional.empty() : words.caution(category != null, attributes != null);
  }

  /**
   * Attribute values, NA left out: no sentence says that something is not there.
   *
   * @param count number of values
   * @param recallAt1 mean over images of the share of true values that the best score names
   * @param recallAt3 the same of the three best
   * @param recallAt5 the same of the five best
   * @param meanAveragePrecision mean over values
   * @param ceilingRecallAt5 recallAt5 of a perfect predictor
   * @param baselineRecallAt5 recallAt5 of always naming the most frequent of training
   * @param groupAccuracyWithoutNa mean over groups of exclusive values; NaN where there is none
   */
  public record Attributes(
      int count,
      @JsonProperty("recall@1") double recallAt1,
      @JsonProperty("recall@3") double recallAt3,
      @JsonProperty("recall@5") double recallAt5,
      @JsonProperty("mean_average_precision") double meanAveragePrecision,
      @JsonProperty("ceiling_recall@5") double ceilingRecallAt5,
      @JsonProperty("baseline_recall@5") double baselineRecallAt5,
      @JsonProperty("group_accuracy_without_na") double groupAccuracyWithoutNa) {}
}
