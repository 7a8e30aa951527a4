package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.AttributeMetrics;
import org.visionfashion.metrics.AttributeRecall;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Interval;

/** Judges the attribute head: all attributes, and the texture groups read 48-way. */
final class AttributeJudge {

  /** One list of attributes judged, with what a constant and a perfect predictor reach. */
  private record Reading(
      AttributeMetrics scores,
      AttributeMetrics constant,
      AttributeMetrics ceiling,
      List<Interval> intervals) {

    /** Recall@1, 3 and 5, image by image. */
    List<Score> recalls() {
      return List.of(
          recall("recall@1", scores.at1(), constant.at1(), ceiling.at1(), intervals.get(0)),
          recall("recall@3", scores.at3(), constant.at3(), ceiling.at3(), intervals.get(1)),
          recall("recall@5", scores.at5(), constant.at5(), ceiling.at5(), intervals.get(2)));
    }

    private Score recall(
        String name,
        AttributeRecall recall,
        AttributeRecall constant,
        AttributeRecall ceiling,
        Interval interval) {
      return share(name, recall.perImage(), constant.perImage(), ceiling.perImage(), interval);
    }

    Score share(String name, double value, double baseline, double best, Interval interval) {
      return Score.share(name, value, scores.examples(), baseline, best, interval);
    }
  }

  private final LabelScheme scheme;
  private final LabelCounts training;
  private final Bootstrap bootstrap;

  AttributeJudge(LabelScheme scheme, LabelCounts training, Bootstrap bootstrap) {
    this.scheme = scheme;
    this.training = training;
    this.bootstrap = bootstrap;
  }

  Judged<AttributeReport> judge(EmbeddingTable table) {
    byte[][] label_NA = table.attributes();
    float[][] logit_NA = table.attribute_NA();
    if (logit_NA.length == 0 || !anyTrue(label_NA)) {
      return Judged.none();
    }
    List<String> items = table.items();
    Reading all = reading(logit_NA, label_NA, training.attribute_A(), items);
    Score groups = groupAccuracy(logit_NA, label_NA);
    List<Section> sections = new ArrayList<>();
    sections.add(section(all, groups));

    ExclusiveGroups reader = ExclusiveGroups.textures(scheme);
    AttributeReport.Texture48 texture48 = null;
    byte[][] label_NT = reader.labels(label_NA);
    if (reader.width() > 0 && anyTrue(label_NT)) {
      Reading textures = reading(reader.scores(logit_NA), label_NT, training.texture_T(), items);
      texture48 = texture48(textures);
      sections.add(
          new Section(
              "Textures read %d-way".formatted(reader.width()),
              "pictures",
              "constant",
              textures.recalls()));
    }
    return new Judged<>(report(all, groups.value(), texture48), sections, cautions(label_NA));
  }

  private Reading reading(
      float[][] score_NA, byte[][] label_NA, long[] training_A, List<String> items) {
    return new Reading(
        AttributeMetrics.of(score_NA, label_NA),
        AttributeMetrics.constant(training_A, label_NA),
        AttributeMetrics.ceiling(label_NA),
        intervals(score_NA, label_NA, items));
  }

  private List<Interval> intervals(float[][] score_NA, byte[][] label_NA, List<String> items) {
    int[] counted = IntStream.range(0, label_NA.length).filter(n -> anyTrue(label_NA[n])).toArray();
    List<double[]> values =
        IntStream.of(1, 3, 5)
            .mapToObj(k -> AttributeRecall.images(score_NA, label_NA, k))
            .map(recall_N -> Arrays.stream(counted).mapToDouble(n -> recall_N[n]).toArray())
            .toList();
    return bootstrap.means(values, Arrays.stream(counted).mapToObj(items::get).toList());
  }

  private Score groupAccuracy(float[][] logit_NA, byte[][] label_NA) {
    ExclusiveGroups reader = ExclusiveGroups.all(scheme);
    byte[][] label_NW = reader.labels(label_NA);
    return Score.share(
        "group_accuracy",
        reader.accuracy(reader.scores(logit_NA), label_NW),
        label_NA.length,
        reader.constantAccuracy(training.exclusive_W(), label_NW),
        reader.width() == 0 ? Double.NaN : 1,
        null);
  }

  private Section section(Reading all, Score groups) {
    List<Score> scores = new ArrayList<>(all.recalls());
    scores.add(
        all.share(
            "pooled_recall@5",
            all.scores().at5().pooled(),
            all.constant().at5().pooled(),
            all.ceiling().at5().pooled(),
            null));
    scores.add(
        all.share(
            "per_attribute_recall@5",
            all.scores().at5().perAttribute(),
            all.constant().at5().perAttribute(),
            all.ceiling().at5().perAttribute(),
            null));
    scores.add(
        all.share(
            "mean_average_precision",
            all.scores().meanAveragePrecision(),
            all.constant().meanAveragePrecision(),
            all.ceiling().meanAveragePrecision(),
            null));
    scores.add(groups);
    return new Section(
        "Attributes, %d of scheme %s".formatted(scheme.attributeCount(), scheme.name()),
        "pictures",
        "constant",
        scores);
  }

  private AttributeReport report(
      Reading all, double groupAccuracy, AttributeReport.Texture48 texture48) {
    AttributeMetrics scores = all.scores();
    return new AttributeReport(
        scheme.name(),
        scheme.attributeCount(),
        scores.at1().perImage(),
        scores.at3().perImage(),
        scores.at5().perImage(),
        scores.at5().pooled(),
        scores.at5().perAttribute(),
        scores.meanAveragePrecision(),
        all.ceiling().at5().perImage(),
        all.constant().at5().perImage(),
        groupAccuracy,
        texture48);
  }

  private static AttributeReport.Texture48 texture48(Reading textures) {
    return new AttributeReport.Texture48(
        textures.scores().at1().perImage(),
        textures.scores().at3().perImage(),
        textures.scores().at5().perImage(),
        textures.ceiling().at5().perImage(),
        textures.constant().at5().perImage());
  }

  private List<String> cautions(byte[][] label_NA) {
    long[] true_A = new long[scheme.attributeCount()];
    for (byte[] label_A : label_NA) {
      for (int a = 0; a < true_A.length; a++) {
        true_A[a] += label_A[a] == 1 ? 1 : 0;
      }
    }
    return Cautions.rare(
        "attributes", scheme.attributes(), true_A, "means over attributes lean on them");
  }

  private static boolean anyTrue(byte[][] label_NA) {
    return Arrays.stream(label_NA).anyMatch(AttributeJudge::anyTrue);
  }

  private static boolean anyTrue(byte[] label_A) {
    for (byte label : label_A) {
      if (label == 1) {
        return true;
      }
    }
    return false;
  }
}
