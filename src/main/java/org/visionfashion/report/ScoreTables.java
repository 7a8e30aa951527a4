package org.visionfashion.report;

import java.util.List;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.Section;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** The sections of an evaluation as tables. */
final class ScoreTables {

  private static final int DECIMALS = 3;

  private ScoreTables() {}

  /** All of them. */
  static List<Table> of(Evaluation evaluation) {
    return evaluation.sections().stream().map(ScoreTables::table).toList();
  }

  /** Those whose key a pattern matches. */
  static List<Table> of(Evaluation evaluation, String keys) {
    return evaluation.sections().stream()
        .filter(section -> section.key().matches(keys))
        .map(ScoreTables::table)
        .toList();
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
    int decimals = Math.min(DECIMALS, score.decimals());
    return List.of(
        Words.name(score.name()),
        Cell.number(score.value(), decimals),
        Cell.interval(score.interval(), decimals),
        Cell.small(score.baseline(), decimals),
        Cell.number(score.best(), decimals),
        Cell.count(score.count()));
  }
}
