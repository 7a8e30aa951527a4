package org.visionfashion.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.eval.Comparison;
import org.visionfashion.eval.Comparison.Contender;
import org.visionfashion.eval.Comparison.Row;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.PublishedResult;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Several models side by side as a page: every score, and the learning curves over each other. */
public final class ComparisonPage {

  private static final Template TEMPLATE = Template.html("comparison");
  private static final int DECIMALS = 3;

  private ComparisonPage() {}

  /** What the template sees. */
  record View(
      String split,
      List<Side> sides,
      List<Table> scores,
      List<Map<String, ?>> published,
      List<CurvesPage.Stage> stages) {

    /** Whether others published results on these data. */
    boolean known() {
      return !published.isEmpty();
    }

    boolean learning() {
      return !stages.isEmpty();
    }
  }

  /**
   * One contender.
   *
   * @param letter by which the tables call it
   * @param runs their names, a seed each
   * @param pictures judged
   * @param seeds how many; null of a single run
   * @param paired whether it was judged on the examples of the first
   */
  record Side(String letter, String runs, String pictures, String seeds, boolean paired) {}

  /**
   * Writes the page, and its tables as Markdown and CSV beside it.
   *
   * @param curves of the runs, in any order
   * @param folder for {@code <split>.comparison.html} and {@code <split>.comparison/}
   */
  public static void write(Comparison comparison, List<RunCurves> curves, Path folder)
      throws IOException {
    String name = comparison.split() + ".comparison";
    AtomicFiles.write(folder.resolve(name + ".html"), text(comparison, curves));
    for (Table table : scores(comparison)) {
      table.write(folder.resolve(name));
    }
  }

  static String text(Comparison comparison, List<RunCurves> curves) {
    List<Contender> contenders = comparison.contenders();
    return TEMPLATE.fill(
        new View(
            Part.words(comparison.split()),
            IntStream.range(0, contenders.size())
                .mapToObj(c -> side(c, contenders.get(c)))
                .toList(),
            scores(comparison),
            comparison.published().stream().<Map<String, ?>>map(ComparisonPage::published).toList(),
            CurvesPage.Stage.of(curves)));
  }

  private static Side side(int index, Contender contender) {
    int seeds = contender.runs().size();
    return new Side(
        letter(index),
        String.join(", ", contender.runs()),
        contender.judged(),
        seeds > 1 ? Integer.toString(seeds) : null,
        contender.paired());
  }

  private static String letter(int index) {
    return Character.toString('A' + index % 26);
  }

  private static Map<String, ?> published(PublishedResult result) {
    return Map.of(
        "source",
        result.source(),
        "conditions",
        result.conditions(),
        "scores",
        result.scores().entrySet().stream()
            .map(
                score ->
                    Map.of(
                        "name", score.getKey().title(), "value", Cell.decimal(score.getValue(), 4)))
            .toList());
  }

  /** A table a section: a row a score and contender. */
  private static List<Table> scores(Comparison comparison) {
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    comparison
        .rows()
        .forEach(row -> sections.computeIfAbsent(row.section(), s -> new ArrayList<>()).add(row));
    List<Table> tables = new ArrayList<>();
    sections.forEach((title, rows) -> tables.add(table(title, rows)));
    return tables;
  }

  private static Table table(String title, List<Row> rows) {
    List<List<Cell>> cells = new ArrayList<>();
    for (Row row : rows) {
      for (int c = 0; c < row.cells().size(); c++) {
        cells.add(cells(row, c));
      }
    }
    return new Table(
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
        title,
        "",
        List.of(
            "metric",
            "of",
            "score",
            "95 % interval",
            "spread",
            "to A: difference",
            "to A: 95 % interval"),
        cells,
        false);
  }

  private static List<Cell> cells(Row row, int contender) {
    Comparison.Cell cell = row.cells().get(contender);
    boolean compared = cell.difference() != null;
    int decimals = Math.min(DECIMALS, row.decimals());
    return List.of(
        contender == 0 ? ScoreTables.metric(row.name()) : new Cell("", row.name()),
        Cell.text(letter(contender)),
        Cell.number(cell.value(), decimals),
        Cell.interval(cell.interval(), decimals),
        Cell.number(cell.spread(), decimals),
        compared ? Cell.signed(cell.difference().value(), decimals) : Cell.none(),
        compared ? Cell.signed(cell.difference().interval(), decimals) : Cell.none());
  }
}
