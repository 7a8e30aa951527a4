package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.table.CsvTable;
import org.visionfashion.data.table.Row;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** Tables, label files and captions of any kind: what cannot be used is named by file and line. */
public class DirtyTablesTest {

  private static final LimitsConfig LIMITS =
      Binder.of(
          LimitsConfig.class,
          "pixels=1000",
          "image_bytes=1000",
          "text_bytes=1000000",
          "line=2000",
          "json_depth=10");
  private static final String SHAPES = "0 0 0 0 0 0 0 0 0 0 0 0";

  @TempDir private Path folder;

  /** Damaged tables. */
  public static Fuzz tables(Path folder) throws IOException {
    for (String name : List.of("a.jpg", "b.jpg", "c.png")) {
      Files.write(folder.resolve(name), new byte[1]);
    }
    String table =
        """
        image,caption,category,attributes,item,split
        a.jpg,"A red, ""warm"" hat",hat,red|wool,7,test
        b.jpg,A blue bag,bag, blue ,,train
        c.png,"Two
        lines",,,7,val
        """;
    Damage damage =
        new Damage(
            "\"",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "|",
            "../",
            "/etc/passwd",
            "\\",
            "\0",
            "\u00FF",
            "\u00EF\u00BB\u00BF",
            "a.jpg,x\n",
            "~",
            "%s",
            "\u001B[2J");
    return new Fuzz(
        "table",
        List.of(bytes(table), bytes(table.replace(',', ';')), bytes(table.replace("\n", "\r\n"))),
        damage,
        64,
        (bytes, label) -> {
          Files.write(folder.resolve("table.csv"), bytes);
          return isRead(config(DataConfigs.csv(folder, SplitRule.ITEM), LIMITS), folder, label);
        });
  }

  /** A label file and captions, one of them damaged. */
  public static Fuzz annotations(Path folder, boolean captions) throws IOException {
    DeepFashionFixture fixture = new DeepFashionFixture(folder);
    for (int item = 1; item < 5; item++) {
      String name = DeepFashionFixture.name("Denim", item, 1);
      fixture.add(name, SHAPES, "1 7 7", "1 7 7", "Trousers " + item);
    }
    fixture.write();
    DeepFashionLayout layout = DeepFashionLayout.of(folder);
    Path file = captions ? layout.captions() : layout.shape();
    Damage damage =
        new Damage(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "\\ud800",
            "\\u0000",
            "\n",
            " ",
            "-1",
            "99999999999",
            "../",
            "\u00EF\u00BB\u00BF",
            "\u00FF",
            "\0",
            "\u001B[2J");
    return new Fuzz(
        captions ? "captions" : "labels",
        List.of(Files.readAllBytes(file)),
        damage,
        64,
        (bytes, label) -> {
          Files.write(file, bytes);
          DataConfig config = DataConfigs.deepFashion(folder, SplitRule.ITEM, Scheme.CARD);
          return isRead(config(config, LIMITS), folder, label);
        });
  }

  /** Whether the data set is read without a fault. */
  private static boolean isRead(DataConfig config, Path folder, String label) {
    try {
      Dataset dataset = Sources.open(config).load();
      for (Example example : dataset.examples()) {
        assertThat(example.picture().file().normalize()).as(label).startsWith(folder);
      }
      for (Problem problem : dataset.problems()) {
        Fuzz.assertLine(problem.toString(), folder.toString(), label);
      }
      return dataset.problems().stream().noneMatch(Problem::fault);
    } catch (UserError e) {
      Fuzz.assertLine(e.getMessage(), folder.toString(), label);
      return false;
    }
  }

  private static DataConfig config(DataConfig usual, LimitsConfig limits) {
    return Binder.with(usual, "limits.", limits);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void damagedTablesAreSurvived() throws IOException {
    assertThat(tables(folder).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  @Test
  void damagedLabelsAreSurvived() throws IOException {
    assertThat(annotations(folder, false).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  @Test
  void damagedCaptionsAreSurvived() throws IOException {
    assertThat(annotations(folder, true).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  /** Each row was once sought to the end of the file: 20,000 rows took many minutes. */
  @Test
  void aTableOfNothingButOpenQuotesIsReadInTime() throws IOException {
    Path table = folder.resolve("table.csv");
    Files.write(table, bytes("image,caption\n" + "\"a.jpg,\"\"x\n".repeat(20_000)));
    List<Problem> problems = new ArrayList<>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    try (Stream<Row> rows = CsvTable.open(table, "auto", LIMITS).rows(problems::add)) {
      assertThat(rows).isEmpty();
    }
    assertThat(problems).hasSize(20_000);
    assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void aLongRowIsNamedAndTheNextOneRead() throws IOException {
    Files.write(folder.resolve("a.jpg"), new byte[1]);
    Files.write(folder.resolve("b.jpg"), new byte[1]);
    String longRow = "a.jpg," + "x".repeat(100_000);
    Files.write(folder.resolve("table.csv"), bytes("image,caption\n" + longRow + "\nb.jpg,y\n"));
    Dataset dataset = Sources.open(config(DataConfigs.csv(folder, SplitRule.ITEM), LIMITS)).load();
    assertThat(dataset.examples()).extracting(Example::id).containsExactly("b.jpg");
    assertThat(dataset.problems()).hasSize(1);
    assertThat(dataset.problems().get(0).toString())
        .contains("table.csv:2: ")
        .contains("data.limits.line allows 2000");
  }

  @Test
  void whatLeadsOutIsRefusedByLineUnlessAllowed() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("in side"));
    Path outside = Files.createDirectories(folder.resolve("out"));
    Path secret = Files.write(outside.resolve("secret.jpg"), new byte[1]);
    Files.write(inside.resolve("own.jpg"), new byte[1]);
    Files.createSymbolicLink(inside.resolve("link.jpg"), secret);
    Files.createSymbolicLink(inside.resolve("folder"), outside);
    Files.createSymbolicLink(inside.resolve("near.jpg"), Path.of("own.jpg"));
    List<String> names =
        List.of("../out/secret.jpg", secret.toString(), "link.jpg", "folder/secret.jpg");
    Path table = inside.resolve("table.csv");
    Files.writeString(table, "image\nown.jpg\n" + String.join("\n", names) + "\nnear.jpg\n");

    Dataset refused = Sources.open(config(DataConfigs.csv(inside, SplitRule.ITEM), LIMITS)).load();
    assertThat(refused.examples()).extracting(Example::id).containsExactly("near.jpg", "own.jpg");
    assertThat(refused.problems())
        .filteredOn(problem -> problem.kind() == Kind.OUTSIDE)
        .extracting(Problem::line)
        .containsExactly(3, 4, 5, 6);
    assertThat(refused.problems().get(0).toString())
        .startsWith(table + ":3: ")
        .endsWith("leads out of " + inside + "; data.limits.outside: true allows it");

    LimitsConfig open =
        Binder.of(
            LimitsConfig.class,
            "pixels=1000",
            "image_bytes=1000",
            "text_bytes=100000",
            "line=1000",
            "json_depth=10",
            "outside=true");
    Dataset allowed = Sources.open(config(DataConfigs.csv(inside, SplitRule.ITEM), open)).load();
    assertThat(allowed.examples()).hasSize(5);
  }

  @Test
  void whatLiesOutsideIsNotEvenAskedFor() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("inside"));
    Files.writeString(
        inside.resolve("table.csv"), "image\nown.jpg\n/no/such/file.jpg\n../../../../etc/passwd\n");
    Files.write(inside.resolve("own.jpg"), new byte[1]);
    Dataset dataset = Sources.open(config(DataConfigs.csv(inside, SplitRule.ITEM), LIMITS)).load();
    assertThat(dataset.problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.OUTSIDE, Kind.OUTSIDE);
  }

  @Test
  void linksOutOfTheFolderOfADeepFashionSetAreRefused() throws IOException {
    Path root = Files.createDirectories(folder.resolve("set"));
    String name = DeepFashionFixture.name("Denim", 1, 1);
    String other = DeepFashionFixture.name("Denim", 2, 1);
    new DeepFashionFixture(root)
        .add(name, SHAPES, "1 7 7", "1 7 7", "x")
        .add(other, SHAPES, "1 7 7", "1 7 7", "y")
        .write();
    Path secret = Files.write(folder.resolve("secret"), new byte[1]);
    Files.delete(root.resolve("images").resolve(name));
    Files.createSymbolicLink(root.resolve("images").resolve(name), secret);
    DataConfig config = config(DataConfigs.deepFashion(root, SplitRule.ITEM, Scheme.CARD), LIMITS);
    Dataset dataset = Sources.open(config).load();
    assertThat(dataset.examples()).extracting(Example::id).containsExactly(other);
    assertThat(dataset.problems()).extracting(Problem::kind).containsExactly(Kind.OUTSIDE);

    Files.move(
        root.resolve("captions.json"), secret, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.createSymbolicLink(root.resolve("captions.json"), secret);
    assertThatThrownBy(() -> Sources.open(config).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("captions.json leads out of " + root);
  }

  /** The data set itself may be reached by a link. */
  @Test
  void linksOutOfAClassFolderAreRefused() throws IOException {
    Path root = Files.createDirectories(folder.resolve("classes/hat")).getParent();
    Files.write(root.resolve("hat/a\\b.jpg"), new byte[1]);
    Path outside = Files.createDirectories(folder.resolve("out"));
    Files.write(outside.resolve("secret.jpg"), new byte[1]);
    Files.createSymbolicLink(root.resolve("bag"), outside);
    Files.createSymbolicLink(root.resolve("hat/c.jpg"), outside.resolve("secret.jpg"));
    Files.createSymbolicLink(root.resolve("hat/loop"), root);
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    Dataset dataset = Sources.open(config(DataConfigs.folder(link), LIMITS)).load();
    assertThat(dataset.examples()).hasSize(1);
    assertThat(dataset.examples().get(0).picture().file()).exists();
    assertThat(dataset.problems())
        .extracting(problem -> link.relativize(problem.file()).toString(), Problem::kind)
        .contains(
            org.assertj.core.api.Assertions.tuple("bag", Kind.OUTSIDE),
            org.assertj.core.api.Assertions.tuple("hat/c.jpg", Kind.OUTSIDE));
  }

  @Test
  void aTableOfAnythingButLabelsIsRefused() throws IOException {
    StringBuilder table = new StringBuilder("image,category\n");
    for (int i = 0; i < 10_001; i++) {
      Files.write(folder.resolve(i + ".jpg"), new byte[0]);
      table.append(i).append(".jpg,class ").append(i).append('\n');
    }
    Files.writeString(folder.resolve("table.csv"), table);
    DataConfig config = config(DataConfigs.csv(folder, SplitRule.ITEM), LIMITS);
    assertThatThrownBy(() -> Sources.open(config).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("10,001 different categories");
  }

  @Test
  void captionsHaveLimits() throws IOException {
    Path file = folder.resolve("captions.json");
    String name = DeepFashionFixture.name("Denim", 1, 1);
    String other = DeepFashionFixture.name("Denim", 2, 1);
    Files.writeString(
        file, "{\"%s\": \"%s\",\n\"%s\": \"short\"}\n{}".formatted(name, "x".repeat(2001), other));
    List<Problem> problems = new ArrayList<>();
    Map<String, CaptionFile.Caption> captions =
        CaptionFile.read(file, config(DataConfigs.auto(folder), LIMITS), problems);
    assertThat(captions.keySet()).containsExactly(other);
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            file + ":1: 2001 characters; data.limits.line allows 2000",
            file + ":3: more text behind the object; it is not read");

    Files.writeString(file, "{\"%s\": %s".formatted(name, "[".repeat(20)));
    problems.clear();
    CaptionFile.read(file, config(DataConfigs.auto(folder), LIMITS), problems);
    assertThat(problems.get(problems.size() - 1).message()).contains("nesting depth");

    LimitsConfig few =
        Binder.of(
            LimitsConfig.class,
            "pixels=1000",
            "image_bytes=1000",
            "text_bytes=10",
            "line=1000",
            "json_depth=10");
    assertThatThrownBy(
            () -> CaptionFile.read(file, config(DataConfigs.auto(folder), few), problems))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ": cannot be read: ")
        .hasMessageContaining("data.limits.text_bytes allows 10");
  }
}
