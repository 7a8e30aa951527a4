package org.visionfashion.data.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * A verification for machines; the names of the components, in lower case with underscores, are
 * those of the document.
 *
 * @param data name of the data set
 * @param pictures how many were opened
 * @param faults number of cases
 * @param suspicions number of cases
 * @param notes number of cases
 * @param verdict {@link VerificationReport#verdict}
 * @param leaks of validation and test
 * @param findings as in the table
 * @param fix what was written; absent where nothing was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportJson(
    String data,
    int pictures,
    long faults,
    long suspicions,
    long notes,
    String verdict,
    List<Leak> leaks,
    List<Found> findings,
    Fix fix) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /**
   * What training has seen of a split.
   *
   * @param split {@code validation} or {@code test}
   * @param pictures of the split
   * @param copiesInTrain those with a copy in train
   */
  public record Leak(String split, int pictures, int copiesInTrain) {}

  /**
   * A finding.
   *
   * @param check stable name
   * @param severity {@code fault}, {@code suspicion} or {@code note}
   * @param what for people
   * @param count number of cases
   * @param cases the first three, or all
   * @param remedy for people; empty where each case says its own
   */
  public record Found(
      String check, String severity, String what, int count, List<String> cases, String remedy) {}

  /** A {@link CleanedTable.Result}. */
  public record Fix(
      String table,
      String changes,
      int pictures,
      int rows,
      int unreadable,
      int copies,
      int captionsChanged,
      int captionsRemoved) {}

  /**
   * Of a report.
   *
   * @param all whether findings list every case
   * @param fix may be null
   */
  public static ReportJson of(VerificationReport report, boolean all, CleanedTable.Result fix) {
    return new ReportJson(
        report.name(),
        report.pictures(),
        report.count(Severity.FAULT),
        report.count(Severity.SUSPICION),
        report.count(Severity.NOTE),
        report.verdict(),
        report.leaks().stream()
            .map(leak -> new Leak(leak.split().label(), leak.pictures(), leak.copies()))
            .toList(),
        report.findings().stream().map(finding -> found(finding, all)).toList(),
        fix == null ? null : fix(fix));
  }

  private static Found found(Finding finding, boolean all) {
    return new Found(
        finding.name(),
        finding.severity().label(),
        finding.what(),
        finding.cases().size(),
        all ? finding.cases() : finding.cases().stream().limit(ReportTable.SHOWN).toList(),
        finding.remedy());
  }

  private static Fix fix(CleanedTable.Result fix) {
    return new Fix(
        fix.table().toString(),
        fix.changes().toString(),
        fix.pictures(),
        fix.rows(),
        fix.unreadable(),
        fix.copies(),
        fix.captionsChanged(),
        fix.captionsRemoved());
  }

  /** The document. */
  public String text() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and numbers", e);
    }
  }
}
