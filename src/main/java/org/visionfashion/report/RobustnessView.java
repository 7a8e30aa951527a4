package org.visionfashion.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.PerturbedScores;
import org.visionfashion.eval.PerturbedScores.Drop;
import org.visionfashion.eval.Score;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** Scores on degraded pictures. */
final class RobustnessView {

  private static final int DECIMALS = 3;
  private static final Map<String, String> TITLES =
      Map.of(
          "jpeg 30", "JPEG at quality 30",
          "blur", "Blurred",
          "grey", "Without colour",
          "half resolution", "At half resolution",
          "mirrored", "Mirrored");

  private static final List<String> SHOWN =
      List.of(
          "retrieval.image_to_text.recall@10",
          "retrieval.text_to_image.recall@10",
          "image_to_image.recall@10",
          "category.top1",
          "attributes.texture48.recall@5",
          "attributes.mean_average_precision");

  private RobustnessView() {}

  /** The scores that matter, a table for each way to spoil pictures. */
  static List<Table> shown(Evaluation evaluation) {
    return evaluation.robustness().stream().map(degraded -> table(evaluation, degraded)).toList();
  }

  private static Table table(Evaluation evaluation, PerturbedScores degraded) {
    return new Table(
        "robustness-" + degraded.perturbation().replace(' ', '-'),
        TITLES.getOrDefault(degraded.perturbation(), degraded.perturbation()),
        "",
        List.of("score", "degraded", "original", "drop", "95 % interval"),
        degraded.drops().stream()
            .filter(drop -> SHOWN.contains(drop.key()) && Double.isFinite(drop.drop()))
            .map(drop -> row(evaluation, drop))
            .toList(),
        false);
  }

  private static List<Cell> row(Evaluation evaluation, Drop drop) {
    double clean = evaluation.score(drop.key()).map(Score::value).orElse(Double.NaN);
    return List.of(
        new Cell(Words.title(drop.key()), drop.key()),
        Cell.number(drop.value(), DECIMALS),
        Cell.number(clean, DECIMALS),
        Cell.number(drop.drop(), DECIMALS),
        Cell.interval(drop.ci95Drop(), DECIMALS));
  }

  /** All scores, for the files. */
  static Table all(List<PerturbedScores> robustness) {
    List<List<Cell>> rows = new ArrayList<>();
    for (PerturbedScores scores : robustness) {
      scores.drops().forEach(drop -> rows.add(row(scores.perturbation(), drop)));
    }
    return new Table(
        "robustness",
        "Degraded pictures",
        "",
        List.of("degradation", "score", "value", "drop", "95 % interval"),
        rows,
        true);
  }

  private static List<Cell> row(String perturbation, Drop drop) {
    return List.of(
        Cell.text(perturbation),
        Cell.text(drop.key()),
        Cell.number(drop.value(), DECIMALS),
        Cell.number(drop.drop(), DECIMALS),
        Cell.interval(drop.ci95Drop(), DECIMALS));
  }
}
