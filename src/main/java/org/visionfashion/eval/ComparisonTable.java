package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.visionfashion.eval.Comparison.Cell;
import org.visionfashion.eval.Comparison.Contender;
import org.visionfashion.eval.Comparison.Row;

/** A comparison as lines of text for a console, at most 100 columns wide. */
public final class ComparisonTable {

  private static final int LABEL = 32;

  private ComparisonTable() {}

  /** Every score of every contender with its interval, spread and difference from the first. */
  public static List<String> lines(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add("Comparison on " + Part.words(comparison.split()));
    for (int c = 0; c < comparison.contenders().size(); c++) {
      lines.addAll(
          TableText.lines("  " + letter(c) + "  ", contender(comparison.contenders().get(c))));
    }
    String section = "";
    for (Row row : comparison.rows()) {
      if (!row.section().equals(section)) {
        section = row.section();
        lines.add("");
        lines.add(section);
        lines.add(line("", "score", "95 % interval", "spread", "to A", "95 % interval"));
      }
      lines.add("  " + row.name());
      for (int c = 0; c < row.cells().size(); c++) {
        String name = name(comparison.contenders().get(c));
        lines.add(line(row.decimals(), "    " + letter(c) + " " + name, row.cells().get(c)));
      }
    }
    lines.addAll(published(comparison.published()));
    return List.copyOf(lines);
  }

  private static String contender(Contender contender) {
    return String.join(", ", contender.runs())
        + (contender.runs().size() > 1
            ? " (%d seeds: mean and standard deviation)".formatted(contender.runs().size())
            : "")
        + "; "
        + contender.judged()
        + (contender.paired()
            ? ""
            : "; other examples than A, so the scores are not directly comparable");
  }

  private static String name(Contender contender) {
    List<String> runs = contender.runs();
    String name = runs.size() == 1 ? runs.get(0) : runs.get(0) + " +" + (runs.size() - 1);
    int room = LABEL - 7;
    return name.length() <= room ? name : name.substring(0, room - 2) + "..";
  }

  private static char letter(int contender) {
    return (char) ('A' + contender % 26);
  }

  private static String line(int decimals, String label, Cell cell) {
    return line(
        label,
        TableText.number(decimals, cell.value(), false),
        TableText.interval(decimals, cell.interval(), false),
        TableText.number(decimals, cell.spread(), false),
        cell.difference() == null
            ? ""
            : TableText.number(decimals, cell.difference().value(), true),
        cell.difference() == null
            ? ""
            : TableText.interval(decimals, cell.difference().interval(), true));
  }

  private static String line(
      String label,
      String value,
      String interval,
      String spread,
      String difference,
      String differenceInterval) {
    String line =
        String.format(
            Locale.ROOT,
            "%-" + LABEL + "s%8s  %17s %8s %9s %20s",
            label,
            value,
            interval,
            spread,
            difference,
            differenceInterval);
    return line.stripTrailing();
  }

  private static List<String> published(List<PublishedResult> results) {
    if (results.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(
        TableText.lines(
            "",
            "Published for DeepFashion-MultiModal: not measured here, on other splits and labels,"
                + " so not comparable with the rows above"));
    for (PublishedResult result : results) {
      lines.addAll(TableText.lines("  ", result.source() + ": " + result.conditions()));
      result
          .scores()
          .forEach(
              (key, value) ->
                  lines.add(String.format(Locale.ROOT, "    %-40s%8.4f", key.key(), value)));
    }
    return lines;
  }
}
