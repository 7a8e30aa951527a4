package org.visionfashion.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;

class CsvTableTest {

  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  /** Rows of all sorts against the parser that has the whole text. */
  @Test
  void streamedRowsAreThoseOfAParserThatHasTheWholeText() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> pieces =
        List.of("a", "é", "\"x\"\"y\"", "\"l\nm\"", "\"p,q\"", "", " ", "\"\n\n\"", "longer text");
    StringBuilder text = new StringBuilder("one,two,three\n");
    for (int i = 0; i < 5000; i++) {
      for (int column = 0; column < 3; column++) {
        text.append(column == 0 ? "" : ",").append(pieces.get(random.nextInt(pieces.size())));
      }
      text.append(random.nextInt(9) == 0 ? "\r\n\n" : "\n");
    }
    List<List<String>> expected = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(text.toString()), CSVFormat.DEFAULT)) {
      parser.stream()
          .skip(1)
          .map(record -> record.stream().map(String::strip).toList())
          .filter(cells -> cells.stream().anyMatch(cell -> !cell.isEmpty()))
          .forEach(expected::add);
    }
    List<List<String>> rows =
        rows(open(text.toString())).stream()
            .map(row -> IntStream.range(0, 3).mapToObj(row::text).toList())
            .toList();
    assertThat(rows).as("seed " + seed).isEqualTo(expected);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'sep=;', ;", "'SEP=^', ^", "'', |", "'', '\t'"})
  void theSeparatorIsNamedOrFound(String first, char separator) throws IOException {
    String rows = "image/caption\na,b.jpg/x\n".replace('/', separator);
    List<Row> read = rows(open((first.isEmpty() ? "" : first + "\n") + rows));
    assertThat(read).hasSize(1);
    assertThat(read.get(0).text(0)).isEqualTo("a,b.jpg");
    assertThat(read.get(0).number()).isEqualTo(first.isEmpty() ? 2 : 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aMarkSaysTheEncoding(String charset) throws IOException {
    byte[] bytes =
        "\ufeffimage,caption\r\na.jpg,Kleid für Größe 40\r\n".getBytes(Charset.forName(charset));
    assertThat(rows(open(bytes, "auto")).get(0).text(1)).isEqualTo("Kleid für Größe 40");
    assertThat(open(bytes, "auto").columns()).containsExactly("image", "caption");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void wideTextNeedsNoMark(String charset) throws IOException {
    byte[] bytes = "image,caption\na.jpg,Größe\n".getBytes(Charset.forName(charset));
    assertThat(rows(open(bytes, "auto")).get(0).text(1)).isEqualTo("Größe");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, 'Größe 40 – “Sommer”', windows-1252",
    "iso-8859-1, 'Kleid für Größe 40', windows-1252",
    "gb18030, '红色连衣裙，短袖', GB18030",
    "shift_jis, '赤いドレス、半袖です', data.encoding"
  })
  void anotherEncodingIsNamedAndCanBeSet(String charset, String text, String named)
      throws IOException {
    byte[] bytes =
        ("image,caption\na.jpg,plain\nb.jpg," + text + "\n").getBytes(Charset.forName(charset));
    List<Row> rows = rows(open(bytes, "auto"));
    assertThat(rows).extracting(row -> row.text(0)).containsExactly("a.jpg");
    assertThat(problems).extracting(Problem::line).containsExactly(3);
    assertThat(problems.get(0).message()).contains("data.encoding").contains(named);
    assertThat(rows(open(bytes, charset)).get(1).text(1)).isEqualTo(text);
  }

  @Test
  void aHeaderInAnotherEncodingIsAnError() {
    byte[] bytes = "image,Größe\na.jpg,x\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> open(bytes, "auto"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.encoding: windows-1252");
    assertThatThrownBy(() -> open(bytes, "klingon"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("klingon");
    assertThatThrownBy(() -> open(bytes, "utf-8")).hasMessageContaining("UTF-8");
  }

  @Test
  void whatIsNoTextIsCalledByItsName() throws IOException {
    refuses(zip("xl/workbook.xml"), "Excel");
    refuses(zip("content.xml"), "OpenDocument");
    refuses(zip("images/a.jpg"), "zip archive");
    Path gzip = folder.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write("image\n".getBytes(StandardCharsets.UTF_8));
    }
    refuses(gzip, "gunzip");
    refuses(file("PAR1...."), "Parquet");
    refuses(file("SQLite format 3\0"), "SQLite");
    refuses(file("%PDF-1.7"), "PDF");
    refuses(file("<!DOCTYPE html><html>"), "web page");
    refuses(file("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), "git lfs pull");
    refuses(file("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1"), "old Excel");
    refuses(file("\u0000\u0001\u0002\u0000\u0007\u0000\u0000\u0003".repeat(9)), "binary");
  }

  @Test
  void aLineOfAHundredMegabytesTakesNoMemory() throws IOException {
    Path file = folder.resolve("t.csv");
    byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("image,caption\na.jpg,".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 100; i++) {
        out.write(piece);
      }
      out.write("\nb.jpg,y\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(rows(CsvTable.open(file, "auto", LimitsConfig.DEFAULT)))
        .extracting(row -> row.text(0))
        .containsExactly("b.jpg");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message()).startsWith("104857606 characters");
  }

  private void refuses(Path file, String kind) {
    assertThatThrownBy(() -> CsvTable.open(file, "auto", LimitsConfig.DEFAULT))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(kind)
        .hasMessageNotContaining("\n");
  }

  private Path zip(String entry) throws IOException {
    Path file = folder.resolve("t.csv");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.closeEntry();
    }
    return file;
  }

  private Path file(String start) throws IOException {
    return Files.write(folder.resolve("t.csv"), start.getBytes(StandardCharsets.ISO_8859_1));
  }

  private CsvTable open(String text) throws IOException {
    return open(text.getBytes(StandardCharsets.UTF_8), "auto");
  }

  private CsvTable open(byte[] bytes, String encoding) throws IOException {
    Path file = Files.write(folder.resolve("t.csv"), bytes);
    return CsvTable.open(file, encoding, Binder.of(LimitsConfig.class));
  }

  private List<Row> rows(Table table) {
    try (Stream<Row> rows = table.rows(problems::add)) {
      return rows.toList();
    }
  }
}
