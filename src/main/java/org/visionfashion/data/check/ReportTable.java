package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.visionfashion.base.OneLine;

/** Findings as a table for a console: what, how many, the first of them, the remedy. */
final class ReportTable {

  /** How many cases a table shows of a finding. */
  static final int SHOWN = 3;

  private static final int WHAT = 28;
  private static final int COUNT = 8;
  private static final int LEAST_REMEDY = 16;
  private static final int LEAST_FIRST = 20;
  private static final String GAP = "  ";

  private final int first;
  private final int remedy;

  ReportTable(int width) {
    int left = width - WHAT - COUNT - 3 * GAP.length();
    remedy = Math.max(LEAST_REMEDY, left * 2 / 5);
    first = Math.max(LEAST_FIRST, left - remedy);
  }

  /** The table, then all cases where asked; empty where nothing was found. */
  String text(List<Finding> findings, boolean all) {
    StringBuilder text = new StringBuilder();
    if (!findings.isEmpty()) {
      row(text, List.of("what"), "how many", List.of("first three"), List.of("remedy"));
      findings.forEach(finding -> row(text, finding));
      text.append('\n');
    }
    if (all) {
      findings.forEach(finding -> list(text, finding));
    }
    return text.toString();
  }

  private void row(StringBuilder text, Finding finding) {
    boolean remedied = !finding.remedy().isEmpty();
    int wide = remedied ? first : first + GAP.length() + remedy;
    List<String> cases =
        finding.cases().stream()
            .limit(SHOWN)
            .flatMap(each -> wrapped(OneLine.of(each), wide).stream())
            .toList();
    row(
        text,
        wrapped(heading(finding), WHAT),
        String.format(Locale.ROOT, "%,d", finding.cases().size()),
        cases,
        remedied ? wrapped(finding.remedy(), remedy) : List.of());
  }

  private void row(
      StringBuilder text, List<String> what, String count, List<String> cases, List<String> help) {
    int lines = Math.max(what.size(), Math.max(cases.size(), help.size()));
    for (int i = 0; i < lines; i++) {
      String line =
          String.format(
              Locale.ROOT,
              "%-" + WHAT + "s%s%" + COUNT + "s%s%-" + first + "s%s%s",
              line(what, i),
              GAP,
              i == 0 ? count : "",
              GAP,
              line(cases, i),
              GAP,
              line(help, i));
      text.append(line.stripTrailing()).append('\n');
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static String heading(Finding finding) {
    return finding.severity().label() + ": " + finding.what();
  }

  private static void list(StringBuilder text, Finding finding) {
    text.append(String.format(Locale.ROOT, "%s (%,d)\n", heading(finding), finding.cases().size()));
    text.append(
        finding.cases().stream()
            .map(each -> "  " + OneLine.of(each) + "\n")
            .collect(Collectors.joining()));
    text.append('\n');
  }

  /** Lines of at most so many characters, broken between words; all but the first begin deeper. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 2 ? space : width;
      lines.add(rest.substring(0, end));
      rest = "  " + rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
