package org.visionfashion.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

class JsonTableTest {

  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void fieldsAreColumnsWhateverTheirTypes() throws IOException {
    JsonTable table =
        open(
            """
            {"image": "a.jpg", "caption": ["one", " two ", null, ""], "item": 10000000000000017, "price": 1.10}

            {"caption": null, "image": {"bytes": null, "path": "b.jpg"}, "new": true, "item": "x"}
            {"image": {"bytes": "AAAA"}, "tags": []}
            """);
    assertThat(table.columns()).containsExactly("image", "caption", "item", "price", "new", "tags");
    List<Row> rows = rows(table);
    assertThat(rows).extracting(Row::number).containsExactly(1, 3, 4);
    assertThat(rows.get(0).place()).isEqualTo("line 1");
    assertThat(texts(rows, 0)).containsExactly("a.jpg", "b.jpg", "");
    assertThat(rows.get(0).texts(1)).containsExactly("one", "two");
    assertThat(rows.get(0).text(1)).isEqualTo("one");
    assertThat(rows.get(1).texts(1)).isEmpty();
    assertThat(texts(rows, 2)).containsExactly("10000000000000017", "x", "");
    assertThat(texts(rows, 3)).containsExactly("1.10", "", "");
    assertThat(texts(rows, 4)).containsExactly("", "true", "");
    assertThat(rows.get(2).texts(5)).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void aBadLineIsReportedAndTheNextOneRead() throws IOException {
    JsonTable table =
        open(
            "{\"image\": \"a.jpg\"}\n{\"image\": \n[1]\nx\n{\"image\": \"a\", \"image\": \"b\"}\n{} {}\n"
                + "{\"image\": \""
                + "x".repeat(500)
                + "\"}\n"
                + "{\"deep\": "
                + "[".repeat(20)
                + "]".repeat(20)
                + "}\n{\"image\": \"b.jpg\"}");
    assertThat(texts(rows(table), 0)).containsExactly("a.jpg", "b.jpg");
    assertThat(problems).extracting(Problem::line).containsExactly(2, 3, 4, 5, 6, 7, 8);
    assertThat(problems)
        .allMatch(Problem::skipped)
        .extracting(Problem::kind)
        .containsOnly(Kind.BAD_LINE);
    assertThat(problems.get(5).message()).contains("data.limits.line");
  }

  @Test
  void anArrayOfObjectsIsATableToo() throws IOException {
    JsonTable table = open("\ufeff [\n {\"image\": \"a.jpg\"},\n 7,\n {\"image\":\n \"b.jpg\"}]\n");
    List<Row> rows = rows(table);
    assertThat(texts(rows, 0)).containsExactly("a.jpg", "b.jpg");
    assertThat(rows).extracting(Row::number).containsExactly(2, 4);
    assertThat(problems).extracting(Problem::line).containsExactly(3);
    problems.clear();
    assertThat(rows(open("[{\"image\": \"a.jpg\"},\n{\"image\": \"b"))).hasSize(1);
    assertThat(problems).extracting(Problem::line).containsExactly(2);
  }

  @Test
  void whatComesLateIsAColumnWhereItIsAskedFor() throws IOException {
    String early = "{\"image\": \"a.jpg\"}\n".repeat(1500);
    JsonTable table =
        open(early + "{\"image\": \"b.jpg\", \"Late\": \"x\", \"other\": 1}\n", "late");
    assertThat(table.columns()).containsExactly("image", "Late");
    List<Row> rows = rows(table);
    assertThat(rows).hasSize(1501);
    assertThat(rows.get(1500).text(1)).isEqualTo("x");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(Kind.UNUSED);
    assertThat(problems.get(0).message()).contains("other").doesNotContain("Late");
  }

  @Test
  void whatHasNoObjectIsRefusedInOneLine() {
    for (String text : List.of("", "\n\n", "nothing", "[]", "{\n", "[1, 2]")) {
      assertThatThrownBy(() -> open(text))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("t.jsonl");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void wideTextIsRecognised(String charset) throws IOException {
    for (String mark : List.of("", "\ufeff")) {
      Path file = folder.resolve("t.jsonl");
      Files.write(file, (mark + "{\"image\": \"Größe.jpg\"}\n").getBytes(Charset.forName(charset)));
      assertThat(texts(rows(JsonTable.open(file, List.of(), "auto", LimitsConfig.DEFAULT)), 0))
          .containsExactly("Größe.jpg");
    }
  }

  private JsonTable open(String text, String... asked) throws IOException {
    Path file = folder.resolve("t.jsonl");
    Files.writeString(file, text);
    LimitsConfig limits =
        org.visionfashion.config.Binder.of(LimitsConfig.class, "line=400", "json_depth=10");
    return JsonTable.open(file, List.of(asked), "auto", limits);
  }

  private List<Row> rows(Table table) {
    try (Stream<Row> rows = table.rows(problems::add)) {
      return rows.toList();
    }
  }

  private static List<String> texts(List<Row> rows, int column) {
    return rows.stream().map(row -> row.text(column)).toList();
  }
}
