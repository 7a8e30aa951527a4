package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeMetrics;
import org.visionfashion.metrics.AttributeRecall;
import org.visionfashion.metrics.AveragePrecision;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Interval;
import org.visionfashion.metrics.Items;

/** Judges the attribute head: all attributes, their groups, the texture groups read 48-way. */
final class AttributeJudge {

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
    if (logit_NA.length == 0 || !AttributeReading.anyTrue(label_NA)) {
      return Judged.none();
    }
    Items items = Items.of(table.items());
    AttributeReading all =
        AttributeReading.of(logit_NA, label_NA, training.attribute_A(), items, bootstrap);
    double[][] precisionDraw_KR =
        AttributeReading.precisionDraws(logit_NA, label_NA, items, bootstrap);
    GroupJudge groups =
        new GroupJudge(ExclusiveGroups.all(scheme), training.exclusive_W(), bootstrap);
    GroupJudge.Reading withNa = groups.judge(logit_NA, label_NA, items, true);
    GroupJudge.Reading withoutNa = groups.judge(logit_NA, label_NA, items, false);
    List<Scorecard> cards = new ArrayList<>();
    cards.add(card(all, precisionDraw_KR, withNa, withoutNa, label_NA.length));

    ExclusiveGroups reader = ExclusiveGroups.textures(scheme);
    byte[][] label_NT = reader.labels(label_NA);
    AttributeReport.Texture48 texture48 = null;
    if (reader.width() > 0 && AttributeReading.anyTrue(label_NT)) {
      AttributeReading textures =
          AttributeReading.of(
              reader.scores(logit_NA), label_NT, training.texture_T(), items, bootstrap);
      texture48 = texture48(textures);
      String title = "Textures read %d-way".formatted(reader.width());
      cards.add(textures.addRecalls(new Scorecard(Group.TEXTURES, title)));
    }
    AttributeReport report =
        report(
            all,
            withNa.mean(),
            texture48,
            withoutNa.mean(),
            groups(groups.names(), withNa, withoutNa),
            single(logit_NA, label_NA, items, precisionDraw_KR));
    return Judged.of(report, cards, cautions(label_NA));
  }

  private Scorecard card(
      AttributeReading all,
      double[][] precisionDraw_KR,
      GroupJudge.Reading withNa,
      GroupJudge.Reading withoutNa,
      int pictures) {
    String title = "Attributes, %d of scheme %s".formatted(scheme.attributeCount(), scheme.name());
    Scorecard card = new Scorecard(Group.ATTRIBUTES, title);
    all.addRecalls(card);
    all.addOtherRecalls(card);
    all.addPrecision(card, precisionDraw_KR);
    withNa.add(card, Metric.GROUP_ACCURACY, pictures);
    return withoutNa.add(card, Metric.GROUP_ACCURACY_WITHOUT_NA, pictures);
  }

  private AttributeReport report(
      AttributeReading all,
      double groupAccuracy,
      AttributeReport.Texture48 texture48,
      double groupAccuracyWithoutNa,
      List<AttributeReport.GroupScores> groups,
      List<AttributeReport.SingleAttribute> single) {
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
        texture48,
        groupAccuracyWithoutNa,
        groups,
        single);
  }

  private static AttributeReport.Texture48 texture48(AttributeReading textures) {
    return new AttributeReport.Texture48(
        textures.scores().at1().perImage(),
        textures.scores().at3().perImage(),
        textures.scores().at5().perImage(),
        textures.ceiling().at5().perImage(),
        textures.constant().at5().perImage());
  }

  private static List<AttributeReport.GroupScores> groups(
      List<String> names, GroupJudge.Reading withNa, GroupJudge.Reading withoutNa) {
    return IntStream.range(0, names.size())
        .mapToObj(
            g ->
                new AttributeReport.GroupScores(
                    names.get(g), withNa.each().get(g), withoutNa.each().get(g)))
        .toList();
  }

  private List<AttributeReport.SingleAttribute> single(
      float[][] logit_NA, byte[][] label_NA, Items items, double[][] precisionDraw_KR) {
    List<String> names = scheme.attributes();
    double[] precision_A = AveragePrecision.each(logit_NA, label_NA);
    double[] recall_A = AttributeRecall.attributes(logit_NA, label_NA, 5);
    List<AttributeReport.SingleAttribute> single = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      int[] having = labelled(label_NA, a, 1);
      boolean severalItems = items.only(having).count() > 1;
      int known = having.length + labelled(label_NA, a, 0).length;
      single.add(
          new AttributeReport.SingleAttribute(
              names.get(a),
              having.length,
              precision_A[a],
              severalItems ? Interval.of(precisionDraw_KR[a]) : null,
              having.length == 0 ? Double.NaN : having.length / (double) known,
              recall_A[a]));
    }
    return single;
  }

  private static int[] labelled(byte[][] label_NA, int attribute, int label) {
    return IntStream.range(0, label_NA.length)
        .filter(n -> label_NA[n][attribute] == label)
        .toArray();
  }

  private List<String> cautions(byte[][] label_NA) {
    return Cautions.rare(
        "attributes",
        scheme.attributes(),
        AttributeMetrics.positives(label_NA, scheme.attributeCount()),
        "means over attributes lean on them");
  }
}
