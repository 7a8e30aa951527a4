package org.visionfashion.report;

import java.util.List;
import java.util.function.Function;
import org.visionfashion.eval.AttributeReport;
import org.visionfashion.eval.AttributeReport.Accuracy;
import org.visionfashion.eval.AttributeReport.GroupScores;
import org.visionfashion.eval.AttributeReport.SingleAttribute;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.chart.BarPlot;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/**
 * The attributes on the page.
 *
 * @param scores of the head
 * @param groups of exclusive values; no rows where the scheme has none
 * @param single each attribute
 * @param figures bars of the groups
 */
record AttributeView(List<Table> scores, Table groups, Table single, List<Figure> figures) {

  static AttributeView of(Evaluation evaluation) {
    AttributeReport report = evaluation.attributes();
    return new AttributeView(
        ScoreTables.of(evaluation, "attributes.*"),
        groups(report.groups()),
        single(report.perAttribute()),
        figures(report.groups()));
  }

  /** Whether the scheme has groups of exclusive values. */
  boolean grouped() {
    return !groups.rows().isEmpty();
  }

  private static Table groups(List<GroupScores> groups) {
    return new Table(
        "attribute-groups",
        "Scores per attribute group",
        "Accuracy of the highest-scored value of each group: with NA as a value like any other, and"
            + " only on pictures whose label is not NA.",
        List.of(
            "group",
            "with NA: accuracy",
            "with NA: 95 % interval",
            "with NA: constant",
            "with NA: pictures",
            "without NA: accuracy",
            "without NA: 95 % interval",
            "without NA: constant",
            "without NA: pictures"),
        groups.stream().map(AttributeView::row).toList(),
        true);
  }

  private static List<Cell> row(GroupScores group) {
    return List.of(
        Cell.text(group.name()),
        Cell.number(group.withNa().accuracy(), 3),
        Cell.interval(group.withNa().ci95(), 3),
        Cell.number(group.withNa().baseline(), 3),
        Cell.count(group.withNa().count()),
        Cell.number(group.withoutNa().accuracy(), 3),
        Cell.interval(group.withoutNa().ci95(), 3),
        Cell.number(group.withoutNa().baseline(), 3),
        Cell.count(group.withoutNa().count()));
  }

  private static Table single(List<SingleAttribute> attributes) {
    return new Table(
        "attributes",
        "Scores per attribute",
        "Constant: the average precision of a constant score, which is the share of pictures with"
            + " the attribute. Best: 1.",
        List.of(
            "attribute", "average precision", "95 % interval", "constant", "recall@5", "pictures"),
        attributes.stream().map(AttributeView::row).toList(),
        true);
  }

  private static List<Cell> row(SingleAttribute attribute) {
    return List.of(
        Cell.text(attribute.name()),
        Cell.number(attribute.averagePrecision(), 3),
        Cell.interval(attribute.ci95AveragePrecision(), 3),
        Cell.number(attribute.baselineAveragePrecision(), 3),
        Cell.number(attribute.recallAt5(), 3),
        Cell.count(attribute.support()));
  }

  private static List<Figure> figures(List<GroupScores> groups) {
    if (groups.isEmpty()) {
      return List.of();
    }
    return List.of(
        BarPlot.of(
            "group-accuracy",
            "Accuracy per attribute group",
            "Lines: always predicting the most frequent value in the training data.",
            groups.stream().map(GroupScores::name).toList(),
            List.of(
                bars("with NA", Palette.BLUE, groups, GroupScores::withNa),
                bars("without NA", Palette.TEAL, groups, GroupScores::withoutNa))));
  }

  private static BarPlot.Bars bars(
      String name, Palette color, List<GroupScores> groups, Function<GroupScores, Accuracy> of) {
    return new BarPlot.Bars(
        name,
        color,
        groups.stream().map(of).mapToDouble(Accuracy::accuracy).toArray(),
        groups.stream().map(of).mapToDouble(Accuracy::baseline).toArray());
  }
}
