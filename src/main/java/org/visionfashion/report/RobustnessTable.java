package org.visionfashion.report;

import java.util.ArrayList;
import java.util.List;
import org.visionfashion.eval.PerturbedScores;
import org.visionfashion.eval.PerturbedScores.Drop;
import org.visionfashion.report.table.Cell;
import org.visionfashion.report.table.Table;

/** What is left of the scores when the pictures are spoilt. */
final class RobustnessTable {

  private RobustnessTable() {}

  static Table of(List<PerturbedScores> robustness) {
    List<List<Cell>> rows = new ArrayList<>();
    for (PerturbedScores scores : robustness) {
      scores.drops().forEach(drop -> rows.add(row(scores.perturbation(), drop)));
    }
    return new Table(
        "robustness",
        "Spoilt pictures",
        "The same pictures, spoilt, and what of each score is lost by it.",
        List.of("pictures", "score", "on them", "drop", "95 % interval"),
        rows,
        true);
  }

  private static List<Cell> row(String perturbation, Drop drop) {
    return List.of(
        Cell.text(perturbation),
        Cell.name(drop.key()),
        Cell.number(drop.value(), 3),
        Cell.number(drop.drop(), 3),
        Cell.interval(drop.ci95Drop(), 3));
  }
}
