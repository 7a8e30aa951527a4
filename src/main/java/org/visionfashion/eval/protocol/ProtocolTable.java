package org.visionfashion.eval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.visionfashion.eval.EvaluationTable;
import org.visionfashion.eval.TableText;

/** The result as lines of text for a console, at most 100 columns wide. */
public final class ProtocolTable {

  private ProtocolTable() {}

  /** Every task with its choices, the scores of every model, and what others report. */
  public static List<String> lines(ProtocolResult result) {
    List<String> lines = new ArrayList<>();
    for (ProtocolResult.Task task : result.tasks()) {
      lines.add(lines.isEmpty() ? "" : System.lineSeparator());
      lines.addAll(TableText.lines("", "Task " + task.name() + ": " + task.chosen()));
      task.notes().forEach(note -> lines.addAll(TableText.lines("  ", note)));
      task.sections().forEach(section -> lines.addAll(EvaluationTable.lines(section)));
      task.published().words().forEach(words -> lines.addAll(TableText.lines("", words)));
      task.published()
          .scores()
          .forEach(
              (model, scores) ->
                  lines.add(String.format(Locale.ROOT, "  %-24s%s", model, words(scores))));
    }
    if (!result.cautions().isEmpty()) {
      lines.add("");
      result.cautions().forEach(caution -> lines.addAll(TableText.lines("! ", caution)));
    }
    return List.copyOf(lines);
  }

  private static String words(Map<String, Double> scores) {
    return scores.entrySet().stream()
        .map(score -> String.format(Locale.ROOT, "%s %.3f", score.getKey(), score.getValue()))
        .collect(Collectors.joining("  "));
  }
}
