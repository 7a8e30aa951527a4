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
        "Evaluation of %s, %s"
            .formatted(Part.words(evaluation.split()), evaluation.pictures().text()));
    for (Section section : evaluation.sections()) {
      lines.addAll(lines(section));
    }
    if (evaluation.robustness() != null) {
      evaluation.robustness().forEach(degraded -> lines.addAll(robustness(degraded)));
    }
    List<String> cautions = evaluation.allCautions();
    if (!cautions.isEmpty()) {
      lines.add("");
      cautions.forEach(caution -> lines.addAll(TableText.lines("! ", caution)));
    }
    return List.copyOf(lines);
  }

  /** An empty line, the head of a section, and its scores. */
  public static List<String> lines(Section section) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        row(
            section.title(),
            "score",
            "95 % interval",
            section.baseline(),
            "best",
            section.counted()));
    for (Score score : section.scores()) {
      int decimals = score.decimals();
      lines.add(
          row(
              "  " + score.name(),
              TableText.number(decimals, score.value()),
              TableText.interval(decimals, score.interval(), false),
              TableText.number(decimals, score.baseline()),
              TableText.number(decimals, score.best()),
              String.format(Locale.ROOT, "%,d", score.count())));
    }
    return lines;
  }

  private static List<String> robustness(DegradedScores degraded) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        row(
            "Degraded pictures: " + degraded.perturbation(),
            "score",
            "drop, 95 %",
            "drop",
            "",
            ""));
    for (DegradedScores.Drop drop : degraded.drops()) {
      ScoreKey.of(drop.key())
          .filter(ScoreKey.HEADLINES::contains)
          .map(key -> key.metric().decimals())
          .ifPresent(
              decimals ->
                  lines.add(
                      row(
                          "  " + drop.key(),
                          TableText.number(decimals, drop.value()),
                          TableText.interval(decimals, drop.ci95Drop(), false),
                          TableText.number(decimals, drop.drop()),
                          "",
                          "")));
    }
    return lines;
  }

  private static String row(
      String name, String value, String interval, String baseline, String best, String count) {
    return String.format(
            Locale.ROOT,
            "%-38s%8s  %18s  %8s  %8s  %8s",
            name,
            value,
            interval,
            baseline,
            best,
            count)
        .stripTrailing();
  }
}
