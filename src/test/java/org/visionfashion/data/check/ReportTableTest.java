package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.VerificationReport.Leak;

class ReportTableTest {

  private static final VerificationReport REPORT =
      new VerificationReport(
          "shop",
          5000,
          List.of(
              Finding.of(Problem.Kind.BAD_LINE, List.of("t.csv:7: " + "many words ".repeat(20))),
              Finding.of(
                  Check.MARKUP,
                  IntStream.rangeClosed(1, 1200).mapToObj(i -> "p" + i + ".jpg: <b>").toList()),
              Finding.of(Check.DARK, List.of("x".repeat(200)))),
          List.of(new Leak(Split.VALIDATION, 10, 0), new Leak(Split.TEST, 20, 3)));

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 180})
  void theTableKeepsToTheWidth(int width) {
    String text = REPORT.text(width, false);
    List<String> lines = text.lines().toList();
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    assertThat(text)
        .contains("1,200", "p1.jpg", "p3.jpg")
        .doesNotContain("p4.jpg")
        .endsWith(REPORT.summary() + "\n");
    assertThat(text.replaceAll("[^x]", "")).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void allCasesAreListedWhereAsked() {
    assertThat(
            REPORT
                .text(100, true)
                .lines()
                .filter(line -> line.matches("  p\\d+.jpg: <b>"))
                .toList())
        .hasSize(1200)
        .last()
        .isEqualTo("  p1200.jpg: <b>");
  }

  @Test
  void theSummaryCountsAndNamesTheLeak() {
    assertThat(REPORT.summary())
        .isEqualTo(
            "shop: 5,000 pictures opened, 1 fault, 1,201 suspicions, 0 notes: broken;"
                + " 3 of 20 test pictures have a copy in train");
  }

  @Test
  void machinesReadTheSame() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ReportJson.of(REPORT, false, null).text());
    assertThat(json.path("data").asText()).isEqualTo("shop");
    assertThat(json.path("pictures").asInt()).isEqualTo(5000);
    assertThat(json.path("faults").asInt()).isEqualTo(1);
    assertThat(json.path("suspicions").asInt()).isEqualTo(1201);
    assertThat(json.path("verdict").asText()).isEqualTo("broken");
    assertThat(json.path("leaks").path(1).path("split").asText()).isEqualTo("test");
    assertThat(json.path("leaks").path(1).path("copies_in_train").asInt()).isEqualTo(3);
    JsonNode markup = json.path("findings").path(1);
    assertThat(markup.path("check").asText()).isEqualTo("markup");
    assertThat(markup.path("severity").asText()).isEqualTo("suspicion");
    assertThat(markup.path("count").asInt()).isEqualTo(1200);
    assertThat(markup.path("cases")).hasSize(3);
    assertThat(json.has("fix")).isFalse();
    JsonNode all = new ObjectMapper().readTree(ReportJson.of(REPORT, true, null).text());
    assertThat(all.path("findings").path(1).path("cases")).hasSize(1200);
  }
}
