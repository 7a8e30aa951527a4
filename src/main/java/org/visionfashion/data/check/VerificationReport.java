package org.visionfashion.data.check;

import java.util.List;
import java.util.Locale;
import org.visionfashion.data.Split;

/**
 * What a verification found.
 *
 * @param name of the data set
 * @param pictures how many were opened
 * @param findings with at least one case each: faults, suspicions, notes
 * @param leaks of validation and test
 */
public record VerificationReport(
    String name, int pictures, List<Finding> findings, List<Leak> leaks) {

  public VerificationReport {
    findings = List.copyOf(findings);
    leaks = List.copyOf(leaks);
  }

  /**
   * What training has seen of a split.
   *
   * @param pictures of the split
   * @param copies those that are byte-equal to a training picture, or near-duplicates of one
   */
  public record Leak(Split split, int pictures, int copies) {}

  /** Whether anything is at fault; suspicions and notes do not count. */
  public boolean broken() {
    return count(Severity.FAULT) > 0;
  }

  /** Number of cases. */
  public long count(Severity severity) {
    return findings.stream()
        .filter(finding -> finding.severity() == severity)
        .mapToLong(finding -> finding.cases().size())
        .sum();
  }

  /** {@code broken}, {@code suspicious} or {@code in order}. */
  public String verdict() {
    return broken() ? "broken" : count(Severity.SUSPICION) > 0 ? "suspicious" : "in order";
  }

  /** One line, for example {@code demo: 8,000 pictures opened, 3 faults, 0 suspicions, ...}. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s opened, %s, %s, %s: %s",
            name,
            counted(pictures, "picture"),
            counted(count(Severity.FAULT), "fault"),
            counted(count(Severity.SUSPICION), "suspicion"),
            counted(count(Severity.NOTE), "note"),
            verdict()));
    for (Leak leak : leaks) {
      if (leak.copies() > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "; %,d of %,d %s pictures have a copy in train",
                leak.copies(),
                leak.pictures(),
                leak.split().label()));
      }
    }
    return text.toString();
  }

  /**
   * The report for a console: a table of the findings, then the summary.
   *
   * @param width of the table in columns
   * @param all whether every case is listed below the table, not the first three in it alone
   */
  public String text(int width, boolean all) {
    return new ReportTable(width).text(findings, all) + summary() + "\n";
  }

  private static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
