package org.visionfashion.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.eval.DegradedScores;
import org.visionfashion.eval.DegradedScores.Drop;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Scores on degraded pictures. */
final class RobustnessSection {

  private static final int DECIMALS = 3;
  private static final Map<String, String> TITLES =
      Map.of(
          "jpeg 30", "JPEG at quality 30",
          "blur", "Blurred",
          "grey", "Without colour",
          "half resolution", "At half resolution",
          "mirrored", "Mirrored");

  private RobustnessSection() {}

  /** Empty where no picture was degraded. */
  static Optional<PageSection> of(Evaluation evaluation) {
    return Optional.ofNullable(evaluation.robustness())
        .map(
            degraded ->
                new PageSection(
                    "robustness",
                    "Robustness",
                    "How much the scores drop on degraded versions of the same pictures.",
                    Map.of(
                        "scores",
                        degraded.stream().map(scores -> headlines(evaluation, scores)).toList()),
                    List.of(),
                    List.of(all(degraded)),
                    Map.of()));
  }

  private static Table headlines(Evaluation evaluation, DegradedScores scores) {
    return new Table(
        "robustness-" + scores.perturbation().replace(' ', '-'),
        TITLES.getOrDefault(scores.perturbation(), scores.perturbation()),
        "",
        List.of("score", "degraded", "original", "drop", "95 % interval"),
        scores.drops().stream()
            .filter(
                drop -> ScoreKey.of(drop.key()).filter(ScoreKey.HEADLINES::contains).isPresent())
            .filter(drop -> Double.isFinite(drop.drop()))
            .map(drop -> row(ScoreTables.title(drop.key()), original(evaluation, drop), drop))
            .toList(),
        false);
  }

  private static Cell original(Evaluation evaluation, Drop drop) {
    return Cell.number(evaluation.score(drop.key()).map(Score::value).orElse(Double.NaN), DECIMALS);
  }

  private static List<Cell> row(Cell name, Cell original, Drop drop) {
    return List.of(
        name,
        Cell.number(drop.value(), DECIMALS),
        original,
        Cell.number(drop.drop(), DECIMALS),
        Cell.interval(drop.ci95Drop(), DECIMALS));
  }

  /** Every score, for the files. */
  private static Table all(List<DegradedScores> robustness) {
    List<List<Cell>> rows = new ArrayList<>();
    for (DegradedScores scores : robustness) {
      for (Drop drop : scores.drops()) {
        rows.add(
            List.of(
                Cell.text(scores.perturbation()),
                Cell.text(drop.key()),
                Cell.number(drop.value(), DECIMALS),
                Cell.number(drop.drop(), DECIMALS),
                Cell.interval(drop.ci95Drop(), DECIMALS)));
      }
    }
    return new Table(
        "robustness",
        "Degraded pictures",
        "",
        List.of("degradation", "score", "value", "drop", "95 % interval"),
        rows,
        true);
  }
}
