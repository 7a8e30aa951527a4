package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Items;

/** Judges the attribute head: all attributes, their groups, the texture groups read 48-way. */
final class AttributeJudge {

  private final LabelScheme scheme;
  private final LabelCounts training;
  private final Scoreboard board;

  AttributeJudge(LabelScheme scheme, LabelCounts training, Scoreboard board) {
    this.scheme = scheme;
    this.training = training;
    this.board = board;
  }

  /** Null where there is no head, or no labels. */
  Details.Attributes judge(EmbeddingTable table) {
    byte[][] label_NA = table.attributes();
    float[][] logit_NA = table.attribute_NA();
    if (logit_NA.length == 0 || !AttributeReading.anyTrue(label_NA)) {
      return null;
    }
    Items items = Items.of(table.items());
    AttributeReading all =
        new AttributeReading(logit_NA, label_NA, training.attribute_A(), items, board);
    GroupJudge groups =
        new GroupJudge(ExclusiveGroups.all(scheme), training.exclusive_W(), items, board);
    GroupJudge.Reading withNa = groups.judge(logit_NA, label_NA, true);
    GroupJudge.Reading withoutNa = groups.judge(logit_NA, label_NA, false);
    String title = "Attributes, %d of scheme %s".formatted(scheme.attributeCount(), scheme.name());
    Scoreboard.Card card = board.card(Group.ATTRIBUTES, title);
    all.addRecalls(card);
    all.addOtherRecalls(card);
    Estimate precisions = all.addPrecision(card);
    withNa.add(card, Metric.GROUP_ACCURACY);
    withoutNa.add(card, Metric.GROUP_ACCURACY_WITHOUT_NA);
    textures(logit_NA, label_NA, items);
    board.caution(
        Cautions.rare(
            "attributes",
            scheme.attributes(),
            AttributeScores.positives(label_NA, scheme.attributeCount()),
            "means over attributes are uncertain"));
    List<String> names = groups.names();
    return new Details.Attributes(
        IntStream.range(0, names.size())
            .mapToObj(
                g -> new Details.GroupScores(names.get(g), withNa.details(g), withoutNa.details(g)))
            .toList(),
        single(label_NA, items, precisions, all.recallAt5()));
  }

  private void textures(float[][] logit_NA, byte[][] label_NA, Items items) {
    ExclusiveGroups groups = ExclusiveGroups.textures(scheme);
    byte[][] label_NT = groups.labels(label_NA);
    if (groups.width() > 0 && AttributeReading.anyTrue(label_NT)) {
      String title = "Textures, %d values".formatted(groups.width());
      new AttributeReading(groups.scores(logit_NA), label_NT, training.texture_T(), items, board)
          .addRecalls(board.card(Group.TEXTURES, title));
    }
  }

  private List<Details.SingleAttribute> single(
      byte[][] label_NA, Items items, Estimate precisions, double[] recall_A) {
    List<String> names = scheme.attributes();
    List<Details.SingleAttribute> single = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      int[] having = labelled(label_NA, a, 1);
      boolean severalItems = items.only(having).count() > 1;
      int known = having.length + labelled(label_NA, a, 0).length;
      single.add(
          new Details.SingleAttribute(
              names.get(a),
              having.length,
              precisions.value_K()[a],
              severalItems ? precisions.interval(a) : null,
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
}
