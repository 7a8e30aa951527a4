package org.visionfashion.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
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
  void aRowHasACellAHead() {
    assertThatThrownBy(
            () -> new Table("x", "", "", List.of("a", "b"), List.of(List.of(Cell.count(1))), false))
        .hasMessage("x: 1 cells under 2 heads");
  }
}
