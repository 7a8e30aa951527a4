package org.visionfashion.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Details;
import org.visionfashion.eval.Details.Accuracy;
import org.visionfashion.eval.Details.GroupScores;
import org.visionfashion.eval.Details.SingleAttribute;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.chart.BarPlot;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** The attribute head. */
final class AttributeSection {

  private AttributeSection() {}

  /** Empty where the data have no attributes or the model no such head. */
  static Optional<PageSection> of(Evaluation evaluation) {
    return Optional.ofNullable(evaluation.details().attributes())
        .map(attributes -> of(evaluation, attributes));
  }

  private static PageSection of(Evaluation evaluation, Details.Attributes attributes) {
    Table groups = groups(attributes.groups());
    Table single = single(attributes.perAttribute());
    List<Figure> figures = figures(attributes.groups());
    return new PageSection(
        "attributes",
        "Attributes",
        hint(attributes.perAttribute()),
        Map.of(
            "scores",
            ScoreTables.of(evaluation, "attributes.*"),
            "figures",
            figures,
            "tables",
            attributes.groups().isEmpty() ? List.of(single) : List.of(groups, single)),
        figures,
        List.of(groups, single),
        Map.of());
  }

  /** The best and the worst attribute; that a label does not apply says little. */
  private static String hint(List<SingleAttribute> attributes) {
    List<SingleAttribute> known =
        attributes.stream()
            .filter(each -> each.support() > 0 && Double.isFinite(each.averagePrecision()))
            .filter(each -> !each.name().endsWith(": " + FashionLabel.NA))
            .sorted(Comparator.comparingDouble(SingleAttribute::averagePrecision))
            .toList();
    return known.size() < 2
        ? "Scores per attribute."
        : "Best: %s. Worst: %s.".formatted(named(known.get(known.size() - 1)), named(known.get(0)));
  }

  private static String named(SingleAttribute attribute) {
    return "%s (average precision %s, %s)"
        .formatted(
            attribute.name(),
            Cell.decimal(attribute.averagePrecision(), 2),
            Count.of(attribute.support(), "picture"));
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
        groups.stream().map(AttributeSection::row).toList(),
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
        attributes.stream().map(AttributeSection::row).toList(),
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
