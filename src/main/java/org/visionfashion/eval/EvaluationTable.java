package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evaluation as lines of text for a console, at most 100 columns wide. */
public final class EvaluationTable {

  private static final int WIDTH = 100;

  private EvaluationTable() {}

  /** Every score with its interval, what a trivial predictor reaches, the best, and the count. */
  public static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Evaluation of the %s split, %s pictures"
            .formatted(evaluation.split(), ScoreText.count(evaluation.examples())));
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
    if (!evaluation.cautions().isEmpty()) {
      lines.add("");
      evaluation.cautions().forEach(caution -> lines.addAll(wrapped(caution)));
    }
    return List.copyOf(lines);
  }

  private static String row(String name, ScoreText text) {
    return String.format(
        Locale.ROOT,
        "%-38s%8s  %18s  %8s  %8s  %8s",
        name,
        text.value(),
        text.interval(),
        text.baseline(),
        text.best(),
        text.count());
  }

  /** Lines of whole words, the first with a mark, the others below its text. */
  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("!");
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
