package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evaluation as lines of text for a console, at most 100 columns wide. */
public final class EvaluationTable {

  private EvaluationTable() {}

  /** Every score with its interval, what a trivial predictor reaches, the best, and the count. */
  public static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Evaluation of the %s split, %s"
            .formatted(evaluation.split(), Count.of(evaluation.examples(), "picture")));
    for (Section section : evaluation.sections()) {
      lines.add("");
      lines.add(
          row(
              section.title(),
              new ScoreText(
                  "", "score", "95 % interval", section.baseline(), "best", section.counted())));
      for (Score score : section.scores()) {
        ScoreText text = ScoreText.of(score);
        lines.add(row("  " + text.name(), text));
      }
    }
    lines.addAll(robustness(evaluation));
    List<String> cautions = evaluation.allCautions();
    if (!cautions.isEmpty()) {
      lines.add("");
      cautions.forEach(caution -> lines.addAll(Wrapped.lines("! ", caution)));
    }
    return List.copyOf(lines);
  }

  private static List<String> robustness(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    if (evaluation.robustness() != null) {
      for (PerturbedScores perturbed : evaluation.robustness()) {
        lines.add("");
        String title = "Pictures spoilt: " + perturbed.perturbation();
        lines.add(row(title, new ScoreText("", "score", "drop, 95 %", "drop", "", "")));
        for (PerturbedScores.Drop drop : perturbed.drops()) {
          if (ScoreKey.of(drop.key()).filter(ScoreKey.HEADLINES::contains).isPresent()) {
            lines.add(row("  " + drop.key(), text(drop)));
          }
        }
      }
    }
    return lines;
  }

  private static ScoreText text(PerturbedScores.Drop drop) {
    Score fallen =
        new Score(drop.key(), drop.value(), 4, 0, drop.drop(), Double.NaN, drop.ci95Drop());
    ScoreText text = ScoreText.of(fallen);
    return new ScoreText(text.name(), text.value(), text.interval(), text.baseline(), "", "");
  }

  private static String row(String name, ScoreText text) {
    String row =
        String.format(
            Locale.ROOT,
            "%-38s%8s  %18s  %8s  %8s  %8s",
            name,
            text.value(),
            text.interval(),
            text.baseline(),
            text.best(),
            text.count());
    return row.stripTrailing();
  }
}
