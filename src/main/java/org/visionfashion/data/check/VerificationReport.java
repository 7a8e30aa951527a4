package org.visionfashion.data.check;

import java.util.List;
import java.util.Locale;
import org.visionfashion.data.Problem;

/**
 * What a verification found.
 *
 * @param name of the data set
 * @param pictures how many were opened
 * @param problems faults and notes: the source's first, then the unreadable pictures
 */
public record VerificationReport(String name, int pictures, List<Problem> problems) {

  public VerificationReport {
    problems = List.copyOf(problems);
  }

  /** Whether anything is at fault; notes do not count. */
  public boolean broken() {
    return faults() > 0;
  }

  /** Number of faults. */
  public long faults() {
    return problems.stream().filter(Problem::fault).count();
  }

  /**
   * The report for a console: faults, then notes, by kind.
   *
   * @param perKind most problems of a kind that are listed; at least 1
   */
  public String text(int perKind) {
    StringBuilder text = new StringBuilder();
    for (Problem.Kind kind : Problem.Kind.values()) {
      List<Problem> all = problems.stream().filter(problem -> problem.kind() == kind).toList();
      if (!all.isEmpty()) {
        appendKind(text, kind, all, perKind);
      }
    }
    return text.append(summary()).append('\n').toString();
  }

  /** One line, for example {@code demo: 8,000 pictures opened, 3 faults, 12 notes: broken}. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s: %s opened, %s, %s: %s",
        name,
        counted(pictures, "picture"),
        counted(faults(), "fault"),
        counted(problems.size() - faults(), "note"),
        broken() ? "broken" : "in order");
  }

  private static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static void appendKind(
      StringBuilder text, Problem.Kind kind, List<Problem> all, int perKind) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s (%,d)\n",
            kind.fault() ? "fault" : "note",
            kind.title(),
            all.size()));
    all.stream().limit(perKind).forEach(problem -> text.append("  ").append(problem).append('\n'));
    if (all.size() > perKind) {
      text.append(
          String.format(
              Locale.ROOT, "  ... and %,d more: --all names them\n", all.size() - perKind));
    }
  }
}
