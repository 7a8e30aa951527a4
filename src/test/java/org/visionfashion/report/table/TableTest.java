package org.visionfashion.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.metrics.Interval;

class TableTest {

  private static final Table TABLE =
      new Table(
          "scores",
          "Scores",
          "",
          List.of("class", "F1", "95 % interval", "pictures"),
          List.of(
              List.of(
                  Cell.text("shirts, \"new\" | old"),
                  Cell.number(1 / 3.0, 2),
                  Cell.interval(new Interval(0.25, 0.5), 2),
                  Cell.count(1234)),
              List.of(
                  Cell.text("hats"),
                  Cell.number(Double.NaN, 2),
                  Cell.interval(null, 2),
                  Cell.count(0))),
          true);

  @TempDir private Path folder;

  @Test
  void markdown() {
    assertThat(TABLE.markdown())
        .isEqualTo(
            """
            | class | F1 | 95 % interval | pictures |
            |---|--:|--:|--:|
            | shirts, "new" \\| old | 0.33 | 0.25 to 0.50 | 1,234 |
            | hats | – | – | 0 |
            """);
  }

  @Test
  void csvHasEveryDigit() throws IOException {
    TABLE.write(folder);
    assertThat(folder.resolve("scores.csv"))
        .hasContent(
            """
            class,F1,95 % interval,pictures
            "shirts, ""new"" | old",0.3333333333333333,0.25 0.5,1234
            hats,,,0
            """);
    assertThat(folder.resolve("scores.md")).hasContent(TABLE.markdown());
  }

  @Test
  void neighboursOfOneGroupStandUnderItsName() {
    Table grouped =
        new Table(
            "x",
            "",
            "",
            List.of("a", "up: b", "up: c", "d", "down: c"),
            List.of(Collections.nCopies(5, Cell.none())),
            false);
    assertThat(grouped.columns()).containsExactly("a", "b", "c", "d", "c");
    assertThat(grouped.spans())
        .containsExactly(
            new Table.Span("", 1),
            new Table.Span("up", 2),
            new Table.Span("", 1),
            new Table.Span("down", 1));
    assertThat(grouped.csv()).startsWith("a,up: b,up: c,d,down: c\n");
    assertThat(TABLE.spanned()).isFalse();
    assertThat(TABLE.columns()).isEqualTo(TABLE.head());
  }

  @Test
  void numbersReadWell() {
    assertThat(Cell.number(-0.12345, 3)).isEqualTo(new Cell("−0.123", "-0.12345"));
    assertThat(Cell.number(-0.0004, 3)).isEqualTo(new Cell("0.000", "-0.00040"));
    assertThat(Cell.signed(0.0004, 3).text()).isEqualTo("0.000");
    assertThat(Cell.signed(0.25, 3).text()).isEqualTo("+0.250");
    assertThat(Cell.signed(-0.25, 3).text()).isEqualTo("−0.250");
    assertThat(Cell.small(0.00016, 3).text()).isEqualTo("0.0002");
    assertThat(Cell.small(0.016, 3).text()).isEqualTo("0.016");
    assertThat(Cell.small(0, 3).text()).isEqualTo("0.000");
    assertThat(Cell.small(Double.NaN, 3)).isEqualTo(Cell.none());
  }

  @Test
  void aRowHasACellAHead() {
    assertThatThrownBy(
            () -> new Table("x", "", "", List.of("a", "b"), List.of(List.of(Cell.count(1))), false))
        .hasMessage("x: 1 cells under 2 heads");
  }
}
