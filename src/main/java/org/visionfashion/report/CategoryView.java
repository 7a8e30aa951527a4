package org.visionfashion.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.visionfashion.eval.CategoryReport;
import org.visionfashion.eval.CategoryReport.ClassScores;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.metrics.Calibration;
import org.visionfashion.metrics.Calibration.Bin;
import org.visionfashion.report.chart.BarPlot;
import org.visionfashion.report.chart.Figure;
import org.visionfashion.report.chart.HeatPlot;
import org.visionfashion.report.chart.LinePlot;
import org.visionfashion.report.chart.Palette;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/**
 * The categories on the page.
 *
 * @param scores of the head
 * @param columns names of the predicted classes
 * @param matrix a row a labelled class
 * @param classes scores of each class
 * @param bars of the classes
 * @param reliability calibration
 * @param confusion the matrix as a figure, for papers
 */
record CategoryView(
    List<Table> scores,
    List<String> columns,
    List<Row> matrix,
    Table classes,
    Figure bars,
    Figure reliability,
    Figure confusion) {

  /** Of the colour behind a number: WCAG's contrast of 4.5 on light and dark paper. */
  private static final double DEEPEST = 55;

  /** One labelled class of the confusion matrix. */
  record Row(String name, List<Share> shares) {}

  /**
   * One cell of the confusion matrix.
   *
   * @param count examples, empty where there is none
   * @param depth of the colour in hundredths, as much as leaves the number readable
   */
  record Share(String count, String depth) {}

  static CategoryView of(Evaluation evaluation) {
    CategoryReport report = evaluation.category();
    List<String> names = report.perClass().stream().map(ClassScores::name).toList();
    return new CategoryView(
        ScoreTables.of(evaluation, "category"),
        names,
        IntStream.range(0, names.size())
            .mapToObj(c -> row(names.get(c), report.confusion().get(c)))
            .toList(),
        classes(report),
        bars(report, names),
        reliability(report.calibration()),
        confusion(report, names));
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

  private static Table classes(CategoryReport report) {
    return new Table(
        "classes",
        "Scores per category",
        "Precision: share of the predictions of a category that are right. Recall: share of a"
            + " category's pictures that are recognised.",
        List.of("class", "F1", "precision", "recall", "95 % interval", "pictures"),
        report.perClass().stream().map(CategoryView::row).toList(),
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

  private static Figure bars(CategoryReport report, List<String> names) {
    return BarPlot.of(
        "class-f1",
        "F1 per category",
        "Harmonic mean of precision and recall.",
        names,
        List.of(
            new BarPlot.Bars(
                "F1",
                Palette.BLUE,
                report.perClass().stream().mapToDouble(ClassScores::f1).toArray())));
  }

  private static Figure reliability(Calibration calibration) {
    List<Bin> bins = calibration.bins().stream().filter(bin -> bin.count() > 0).toList();
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
                + Cell.decimal(calibration.expectedCalibrationError(), 3)
                + ".");
  }

  private static Figure confusion(CategoryReport report, List<String> names) {
    double[][] share_CC =
        report.confusion().stream()
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
