package org.visionfashion.report;

import java.util.List;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.Section;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Every section of an evaluation as a table. */
final class ScoreTables {

  private ScoreTables() {}

  static List<Table> of(Evaluation evaluation) {
    return evaluation.sections().stream().map(ScoreTables::table).toList();
  }

  private static Table table(Section section) {
    return new Table(
        "scores-" + section.key().replaceAll("[^A-Za-z0-9]+", "-"),
        section.title(),
        "",
        List.of("metric", "score", "95 % interval", section.baseline(), "best", section.counted()),
        section.scores().stream().map(ScoreTables::row).toList(),
        false);
  }

  private static List<Cell> row(Score score) {
    int decimals = score.decimals();
    return List.of(
        Cell.name(score.name()),
        Cell.number(score.value(), decimals),
        Cell.interval(score.interval(), decimals),
        Cell.number(score.baseline(), decimals),
        Cell.number(score.best(), decimals),
        Cell.count(score.count()));
  }
}
