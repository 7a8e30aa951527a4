package org.visionfashion.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Details;
import org.visionfashion.eval.Details.ClassScores;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Calibration.Bin;
import org.visionfashion.report.chart.BarPlot;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.HeatPlot;
import org.visionfashion.report.chart.LinePlot;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** The category head. */
final class CategorySection {

  /** Of the colour behind a number: WCAG's contrast of 4.5 on light and dark paper. */
  private static final double DEEPEST = 55;

  private CategorySection() {}

  /** One labelled class of the confusion matrix. */
  record Row(String name, List<Share> shares) {}

  /**
   * One cell of the confusion matrix.
   *
   * @param count examples, empty where there is none
   * @param depth of the colour in hundredths, as much as leaves the number readable
   */
  record Share(String count, String depth) {}

  /** Empty where the data have no categories or the model no such head. */
  static Optional<PageSection> of(Evaluation evaluation) {
    return Optional.ofNullable(evaluation.details().category())
        .map(category -> of(evaluation, category));
  }

  private static PageSection of(Evaluation evaluation, Details.Category category) {
    List<String> names = category.perClass().stream().map(ClassScores::name).toList();
    Table classes = classes(category);
    Figure bars = bars(category, names);
    Figure reliability = reliability(evaluation, category.calibration());
    return new PageSection(
        "category",
        "Category",
        hint(category, names),
        Map.of(
            "scores",
            ScoreTables.of(evaluation, "category"),
            "columns",
            names,
            "matrix",
            IntStream.range(0, names.size())
                .mapToObj(c -> row(names.get(c), category.confusion().get(c)))
                .toList(),
            "classes",
            classes,
            "bars",
            bars,
            "reliability",
            reliability),
        List.of(confusion(category, names), bars, reliability),
        List.of(classes),
        Map.of());
  }

  /** The best and the worst class, and the most frequent confusion. */
  private static String hint(Details.Category category, List<String> names) {
    List<ClassScores> known =
        category.perClass().stream()
            .filter(each -> each.support() > 0 && Double.isFinite(each.f1()))
            .sorted(Comparator.comparingDouble(ClassScores::f1))
            .toList();
    if (known.size() < 2) {
      return "Scores per category.";
    }
    return "Best: %s. Worst: %s.%s"
        .formatted(
            named(known.get(known.size() - 1)), named(known.get(0)), confused(category, names));
  }

  private static String named(ClassScores scores) {
    return "%s (F1 %s, %s)"
        .formatted(
            scores.name(), Cell.decimal(scores.f1(), 2), Count.of(scores.support(), "picture"));
  }

  private static String confused(Details.Category category, List<String> names) {
    int most = 0;
    String text = "";
    for (int row = 0; row < names.size(); row++) {
      List<Integer> count_C = category.confusion().get(row);
      for (int column = 0; column < names.size(); column++) {
        if (row != column && count_C.get(column) > most) {
          most = count_C.get(column);
          text =
              " Most frequent confusion: %s predicted as %s (%,d of %,d)."
                  .formatted(names.get(row), names.get(column), most, sum(count_C));
        }
      }
    }
    return text;
  }

  private static Row row(String name, List<Integer> count_C) {
    return new Row(name, count_C.stream().map(count -> share(count, sum(count_C))).toList());
  }

  private static Share share(int count, int of) {
    double share = of == 0 ? 0 : count / (double) of;
    return new Share(
        count == 0 ? "" : Integer.toString(count),
        String.format(Locale.ROOT, "%.0f", DEEPEST * share));
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  private static Table classes(Details.Category category) {
    return new Table(
        "classes",
        "Scores per category",
        "Precision: share of the predictions of a category that are right. Recall: share of a"
            + " category's pictures that are recognised.",
        List.of("class", "F1", "precision", "recall", "95 % interval", "pictures"),
        category.perClass().stream().map(CategorySection::row).toList(),
        true);
  }

  private static List<Cell> row(ClassScores scores) {
    return List.of(
        Cell.text(scores.name()),
        Cell.number(scores.f1(), 3),
        Cell.number(scores.precision(), 3),
        Cell.number(scores.recall(), 3),
        Cell.interval(scores.ci95Recall(), 3),
        Cell.count(scores.support()));
  }

  private static Figure bars(Details.Category category, List<String> names) {
    return BarPlot.of(
        "class-f1",
        "F1 per category",
        "Harmonic mean of precision and recall.",
        names,
        List.of(
            new BarPlot.Bars(
                "F1",
                Palette.BLUE,
                category.perClass().stream().mapToDouble(ClassScores::f1).toArray())));
  }

  private static Figure reliability(Evaluation evaluation, List<Bin> all) {
    List<Bin> bins = all.stream().filter(bin -> bin.count() > 0).toList();
    Score error =
        evaluation.score(new ScoreKey(Group.CATEGORY, Metric.CALIBRATION_ERROR)).orElseThrow();
    return new LinePlot("confidence", "accuracy")
        .xRange(0, 1)
        .yRange(0, 1)
        .legend(true)
        .dashed("perfect calibration", new double[] {0, 1}, new double[] {0, 1})
        .dotted(
            "model",
            Palette.BLUE,
            bins.stream().mapToDouble(Bin::confidence).toArray(),
            bins.stream().mapToDouble(Bin::accuracy).toArray())
        .figure(
            "reliability",
            "Reliability",
            "Below the diagonal the model is overconfident. Expected calibration error "
                + Cell.decimal(error.value(), 3)
                + ".");
  }

  private static Figure confusion(Details.Category category, List<String> names) {
    double[][] share_CC =
        category.confusion().stream()
            .map(row -> row.stream().mapToDouble(n -> n / Math.max(1.0, sum(row))).toArray())
            .toArray(double[][]::new);
    return HeatPlot.of(
        "confusion",
        "Confusion matrix",
        "Rows: true categories. Columns: predicted categories.",
        names,
        names,
        share_CC);
  }
}
