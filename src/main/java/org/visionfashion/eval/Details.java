package org.visionfashion.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.visionfashion.metrics.Calibration;
import org.visionfashion.metrics.Confusion;
import org.visionfashion.metrics.Interval;

/**
 * What lies behind the scores: class by class, attribute by attribute, for some of the queries.
 *
 * @param slices retrieval of some of the queries among all candidates; none where the data have no
 *     captions
 * @param category null where the data have no categories or the model no such head
 * @param attributes null where the data have no attributes or the model no such head
 * @param zeroShot null where the data have neither categories nor attributes, or nobody asked
 */
public record Details(
    List<Slice> slices,
    Category category,
    Attributes attributes,
    @JsonProperty("zero_shot") ZeroShot zeroShot) {

  public Details {
    slices = slices == null ? List.of() : List.copyOf(slices);
  }

  /**
   * The queries that have something in common.
   *
   * @param by what, for example {@code gender}
   * @param value for example {@code WOMEN}
   * @param queries how many pictures ask
   * @param captions how many captions ask
   * @param strict a picture's own captions count
   * @param duplicateAware any candidate with an equal caption counts
   */
  public record Slice(
      String by,
      String value,
      int queries,
      int captions,
      BothWays strict,
      @JsonProperty("duplicate_aware") BothWays duplicateAware) {}

  /**
   * Retrieval in both directions.
   *
   * @param imageToText images ask for captions
   * @param textToImage captions ask for images
   */
  public record BothWays(
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
   * The classes.
   *
   * @param perClass each class by itself, in the scheme's order
   * @param confusion examples by label (row) and prediction (column), in the same order
   * @param calibration whether the model is as often right as it is confident, by confidence
   */
  public record Category(
      @JsonProperty("per_class") List<ClassScores> perClass,
      List<List<Integer>> confusion,
      List<Calibration.Bin> calibration) {

    public Category {
      perClass = List.copyOf(perClass);
      confusion = List.copyOf(confusion);
      calibration = List.copyOf(calibration);
    }

    static List<List<Integer>> rows(Confusion confusion) {
      return Arrays.stream(confusion.count_CC())
          .map(row -> Arrays.stream(row).boxed().toList())
          .toList();
    }
  }

  /**
   * One class.
   *
   * @param name of the class
   * @param support examples labelled with it
   * @param predicted examples taken for it
   * @param precision share of those taken for it that are of it; NaN where none is
   * @param recall share of its examples that are found; NaN where it has none
   * @param f1 harmonic mean of the two; NaN where the class occurs nowhere
   * @param ci95Recall 95 % interval, null where there is none
   */
  public record ClassScores(
      String name,
      int support,
      int predicted,
      double precision,
      double recall,
      double f1,
      @JsonProperty("ci95_recall") Interval ci95Recall) {}

  /**
   * The attributes.
   *
   * @param groups the groups of exclusive values one by one
   * @param perAttribute the attributes one by one, in the scheme's order
   */
  public record Attributes(
      List<GroupScores> groups, @JsonProperty("per_attribute") List<SingleAttribute> perAttribute) {

    public Attributes {
      groups = List.copyOf(groups);
      perAttribute = List.copyOf(perAttribute);
    }
  }

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

  /**
   * What the two towers know without the heads: names of classes are put into sentences, and a
   * picture's class is the one whose sentence lies nearest.
   *
   * @param prompts the sentences, {@code {}} the place of the name; of several the mean embedding
   *     counts
   * @param words how many of the names' words training captions hold
   * @param caution why the scores may be low, one sentence; null where training says nothing of the
   *     kind
   * @param category null where the data have no categories
   * @param perPrompt how much the sentence matters: categories by each prompt alone; none where
   *     there is but one, or no category
   */
  public record ZeroShot(
      List<String> prompts,
      SpokenWords words,
      String caution,
      Category category,
      @JsonProperty("per_prompt") List<Prompt> perPrompt) {

    public ZeroShot {
      prompts = List.copyOf(prompts);
      perPrompt = perPrompt == null ? List.of() : List.copyOf(perPrompt);
    }
  }

  /**
   * One prompt alone.
   *
   * @param prompt the sentence
   * @param top1 share of pictures that get their category
   */
  public record Prompt(String prompt, double top1) {}
}
