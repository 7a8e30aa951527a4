package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Name of a score: what was asked of the model, and how the answers are measured. Every file, table
 * and page takes names, words and digits from here.
 *
 * @param group what was asked
 * @param metric how it is measured
 */
public record ScoreKey(Group group, Metric metric) {

  public static final ScoreKey IMAGE_TO_TEXT = new ScoreKey(Group.IMAGE_TO_TEXT, Metric.RECALL_10);
  public static final ScoreKey TEXT_TO_IMAGE = new ScoreKey(Group.TEXT_TO_IMAGE, Metric.RECALL_10);
  public static final ScoreKey SAME_ITEM = new ScoreKey(Group.IMAGE_TO_IMAGE, Metric.RECALL_10);
  public static final ScoreKey CATEGORY = new ScoreKey(Group.CATEGORY, Metric.TOP_1);
  public static final ScoreKey CATEGORY_F1 = new ScoreKey(Group.CATEGORY, Metric.MACRO_F1);
  public static final ScoreKey ATTRIBUTES = new ScoreKey(Group.ATTRIBUTES, Metric.RECALL_5);
  public static final ScoreKey ATTRIBUTE_PRECISION =
      new ScoreKey(Group.ATTRIBUTES, Metric.MEAN_AVERAGE_PRECISION);
  public static final ScoreKey TEXTURES = new ScoreKey(Group.TEXTURES, Metric.RECALL_5);

  /** The few that stand for all where there is no room, in the order to show them. */
  public static final List<ScoreKey> HEADLINES =
      List.of(
          IMAGE_TO_TEXT,
          TEXT_TO_IMAGE,
          SAME_ITEM,
          CATEGORY,
          CATEGORY_F1,
          TEXTURES,
          ATTRIBUTE_PRECISION);

  /** Scores that answer one question. */
  public enum Group {
    IMAGE_TO_TEXT(true, "retrieval.image_to_text", "Image to text"),
    TEXT_TO_IMAGE(true, "retrieval.text_to_image", "Text to image"),
    IMAGE_TO_EQUAL_TEXT(
        true, "retrieval.duplicate_aware.image_to_text", "Image to text, equal captions count"),
    EQUAL_TEXT_TO_IMAGE(
        true, "retrieval.duplicate_aware.text_to_image", "Text to image, equal captions count"),
    IMAGE_TO_FEWER_TEXTS(
        true, "retrieval.galleries.image_to_text", "Image to text, fewer candidates"),
    TEXT_TO_FEWER_IMAGES(
        true, "retrieval.galleries.text_to_image", "Text to image, fewer candidates"),
    CATEGORY(false, "category", "Category"),
    ATTRIBUTES(false, "attributes", "Attributes"),
    TEXTURES(false, "attributes.texture48", "Textures"),
    IMAGE_TO_IMAGE(true, "image_to_image", "Image to image, same item"),
    ZERO_SHOT_CATEGORY(false, "zero_shot.category", "Zero-shot category"),
    ZERO_SHOT_ATTRIBUTES(false, "zero_shot.attributes", "Zero-shot attributes");

    private final boolean search;
    private final String key;
    private final String label;

    Group(boolean search, String key, String label) {
      this.search = search;
      this.key = key;
      this.label = label;
    }

    /** How the names of its scores begin, for example {@code retrieval.image_to_text}. */
    public String key() {
      return key;
    }

    /** In words. */
    public String label() {
      return label;
    }

    /** What the scores are counted over. */
    public String counted() {
      return search ? "queries" : "pictures";
    }

    /** The trivial predictor beside them: a random order, or the most frequent label. */
    public String baseline() {
      return search ? "chance" : "constant";
    }
  }

  /** A way to measure answers. */
  public enum Metric {
    RECALL_1("recall@1"),
    RECALL_3("recall@3"),
    RECALL_5("recall@5"),
    RECALL_10("recall@10"),
    MEDIAN_RANK("median_rank", "median rank", 1, false),
    MRR("mrr", "mean reciprocal rank"),
    RECALL_1_AMONG_100("recall@1_among_100"),
    RECALL_5_AMONG_100("recall@5_among_100"),
    RECALL_10_AMONG_100("recall@10_among_100"),
    RECALL_1_AMONG_1000("recall@1_among_1000", "recall@1 among 1,000"),
    RECALL_5_AMONG_1000("recall@5_among_1000", "recall@5 among 1,000"),
    RECALL_10_AMONG_1000("recall@10_among_1000", "recall@10 among 1,000"),
    TOP_1("top1", "top-1"),
    TOP_3("top3", "top-3"),
    TOP_5("top5", "top-5"),
    MACRO_F1("macro_f1", "macro F1"),
    WEIGHTED_F1("weighted_f1", "weighted F1"),
    CALIBRATION_ERROR("expected_calibration_error", "calibration error", 4, false),
    POOLED_RECALL_1("pooled_recall@1"),
    POOLED_RECALL_3("pooled_recall@3"),
    POOLED_RECALL_5("pooled_recall@5"),
    RECALL_1_PER_ATTRIBUTE("per_attribute_recall@1", "recall@1 per attribute"),
    RECALL_3_PER_ATTRIBUTE("per_attribute_recall@3", "recall@3 per attribute"),
    RECALL_5_PER_ATTRIBUTE("per_attribute_recall@5", "recall@5 per attribute"),
    MEAN_AVERAGE_PRECISION("mean_average_precision"),
    GROUP_ACCURACY("group_accuracy", "accuracy of groups"),
    GROUP_ACCURACY_WITHOUT_NA("group_accuracy_without_na", "accuracy without NA");

    private final String key;
    private final String label;
    private final int decimals;
    private final boolean higherIsBetter;

    Metric(String key) {
      this(key, key.replace('_', ' '));
    }

    Metric(String key, String label) {
      this(key, label, 4, true);
    }

    Metric(String key, String label, int decimals, boolean higherIsBetter) {
      this.key = key;
      this.label = label;
      this.decimals = decimals;
      this.higherIsBetter = higherIsBetter;
    }

    /** As in the evaluation file, for example {@code recall@10}. */
    public String key() {
      return key;
    }

    /** In words; says so where lower is better. */
    public String label() {
      return higherIsBetter ? label : label + " (lower is better)";
    }

    /** Digits worth showing behind the point. */
    public int decimals() {
      return decimals;
    }

    /** The metric of a name in the evaluation file. */
    public static Optional<Metric> of(String key) {
      return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }
  }

  /** The key of a name in the evaluation file; empty where there is no such score. */
  public static Optional<ScoreKey> of(String name) {
    return Arrays.stream(Group.values())
        .filter(group -> name.startsWith(group.key + "."))
        .flatMap(
            group ->
                Metric.of(name.substring(group.key.length() + 1)).stream()
                    .map(metric -> new ScoreKey(group, metric)))
        .findFirst();
  }

  /** As in the evaluation file, for example {@code retrieval.image_to_text.recall@10}. */
  public String key() {
    return group.key + "." + metric.key;
  }

  /** In words, for example {@code Image to text, recall@10}. */
  public String title() {
    return group.label + ", " + metric.label();
  }

  @Override
  public String toString() {
    return key();
  }
}
