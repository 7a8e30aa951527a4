package org.visionfashion.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.eval.Section;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** The sections of an evaluation as tables. */
final class ScoreTables {

  private static final int DECIMALS = 3;

  private ScoreTables() {}

  /** All of them. */
  static List<Table> of(Evaluation evaluation) {
    return of(evaluation, ".*");
  }

  /** Those whose key a pattern matches. */
  static List<Table> of(Evaluation evaluation, String keys) {
    return evaluation.sections().stream()
        .filter(section -> section.key().matches(keys))
        .map(ScoreTables::table)
        .toList();
  }

  /** Prediction without the trained heads; empty where it was not evaluated. */
  static Optional<PageSection> zeroShot(Evaluation evaluation) {
    return Optional.ofNullable(evaluation.details().zeroShot())
        .map(
            report ->
                new PageSection(
                    "zero-shot",
                    "Zero-shot",
                    "Categories and attributes predicted from their names, without the trained"
                        + " heads.",
                    Map.of(
                        "prompts",
                        report.prompts().stream()
                            .map(prompt -> "“" + prompt + "”")
                            .collect(Collectors.joining(", ")),
                        "alone",
                        report.perPrompt().stream()
                            .map(
                                each ->
                                    "“%s” %s"
                                        .formatted(each.prompt(), Cell.decimal(each.top1(), 3)))
                            .collect(Collectors.joining(", ")),
                        "caution",
                        Objects.toString(report.caution(), ""),
                        "scores",
                        of(evaluation, "zero_shot\\..*"))));
  }

  static Table table(Section section) {
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
        metric(score.name()),
        Cell.number(score.value(), decimals),
        Cell.interval(score.interval(), decimals),
        Cell.small(score.baseline(), decimals),
        Cell.number(score.best(), decimals),
        Cell.count(score.count()));
  }

  /** A metric in words to read, and as the JSON file names it for machines. */
  static Cell metric(String name) {
    return new Cell(Metric.of(name).map(Metric::label).orElse(name.replace('_', ' ')), name);
  }

  /** A score among all others likewise. */
  static Cell title(String key) {
    return new Cell(ScoreKey.of(key).map(ScoreKey::title).orElse(key), key);
  }
}
