package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.TinyModel;

/** {@code data} and {@code bench} from outside: exit codes, files and numbers. */
class DataCommandTest {

  @TempDir private Path folder;
  private TinyProject project;

  @BeforeEach
  void makeProject() throws IOException {
    project = new TinyProject(folder);
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    Files.createDirectories(project.home().resolve("configs"));
    Files.writeString(
        project.home().resolve("configs/demo.yaml"), "data: {size: 6, test: 0.3, workers: 1}\n");
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  private Path table() {
    return project.home().resolve("Größe 👗/table.csv");
  }

  private static Executed data(String... arguments) {
    List<String> all = new ArrayList<>(List.of("data"));
    all.addAll(List.of(arguments));
    return Executed.run("visionfashion", all.toArray(String[]::new));
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void theDemoIsDrawnWhereAndAsLargeAsAsked() throws IOException {
    assertThat(data("demo").exit()).isZero();
    assertThat(files(project.home().resolve("data/demo/images"))).isEqualTo(6);
    Path out = folder.resolve("drawn");
    Executed executed = data("demo", "--out", out.toString(), "--size", "3", "--width", "70");
    assertThat(executed.exit()).isZero();
    assertThat(executed.out()).contains(out.toString());
    assertThat(files(out.resolve("images"))).isEqualTo(3);
    Path labelled = folder.resolve("labelled");
    Executed byLabels =
        data("demo", "--out", labelled.toString(), "--labels", out.resolve("labels").toString());
    assertThat(byLabels.exit()).as(byLabels.err()).isZero();
    assertThat(files(labelled.resolve("images"))).isEqualTo(3);
    Executed refused = data("demo", "--out", table().getParent().toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).hasLineCount(1).contains(table().getParent().toString());
    assertThat(table().resolveSibling("images")).doesNotExist();
  }

  @Test
  void aTableIsCountedVerifiedAndPrepared() throws IOException {
    for (String command : List.of("stats", "verify", "prepare")) {
      Executed executed = data(command, "--root", table().toString());
      assertThat(executed.exit()).as(executed.err()).isZero();
      assertThat(executed.out()).isNotEmpty();
    }
    assertThat(table().resolveSibling(".pixel-cache")).isDirectory();
    assertThat(project.home().resolve("data")).doesNotExist();
    Files.writeString(table().resolveSibling("Rock 3 ß👗.png"), "no picture");
    Executed broken = data("verify", "--root", table().toString(), "--all");
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).contains("Rock 3 ß👗.png");
  }

  /** Suspicions alone are no failure; faults are; a bad place for the table is a usage error. */
  @Test
  void verificationHasExitCodesJsonAndACleanedTable() throws IOException {
    Path suspicious = table().resolveSibling("suspicious.csv");
    List<String> rows = Files.readAllLines(table());
    String picture = rows.get(1).substring(0, rows.get(1).indexOf(','));
    Files.writeString(suspicious, "image,caption\n" + picture + ",<b>nan</b>\n");
    Executed table = data("verify", "--root", suspicious.toString());
    assertThat(table.exit()).as(table.err()).isZero();
    assertThat(table.out()).contains("HTML", "<b>nan</b>", "suspicious");

    Path clean = table().resolveSibling("clean.csv");
    Executed json =
        data("verify", "--root", suspicious.toString(), "--json", "--fix", clean.toString());
    assertThat(json.exit()).as(json.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(json.out());
    assertThat(document.path("verdict").asText()).isEqualTo("suspicious");
    assertThat(document.path("findings").findValuesAsText("check")).contains("markup");
    assertThat(document.path("fix").path("captions_removed").asInt()).isEqualTo(1);
    assertThat(clean).exists();
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
    Executed cleaned;
    try {
      cleaned = data("verify", "--root", clean.toString(), "--json");
    } finally {
      System.setOut(usual);
    }
    assertThat(logged.size()).as("log lines beside the document").isZero();
    JsonNode after = new ObjectMapper().readTree(cleaned.out());
    assertThat(after.path("findings").findValuesAsText("check")).doesNotContain("markup");
    assertThat(after.path("suspicions").asInt()).isLessThan(document.path("suspicions").asInt());
    assertThat(after.path("pictures").asInt()).isEqualTo(1);

    Executed again = data("verify", "--root", suspicious.toString(), "--fix", clean.toString());
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains(clean.toString());

    Files.writeString(suspicious, "image,caption\n" + picture + ",x,y\n" + picture + ",a\n");
    Executed faulty = data("verify", "--root", suspicious.toString(), "--json");
    assertThat(faulty.exit()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(faulty.out()).path("faults").asInt()).isEqualTo(1);
  }

  /** A folder that fits no layout: one line, and nothing is written. */
  @Test
  void aFolderThatFitsNothingIsRefused() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(mine.resolve("notes.txt"), "mine");
    for (String[] command :
        List.of(
            new String[] {"stats", "--root", mine.toString()},
            new String[] {"stats", "--set", "data.root=" + mine},
            new String[] {"verify", "--root", folder.resolve("none").toString()})) {
      Executed executed = data(command);
      assertThat(executed.exit()).as(executed.out()).isEqualTo(2);
      assertThat(executed.err()).hasLineCount(1);
    }
    Executed train = Executed.run("train", "all", "--set", "data.root=" + mine);
    assertThat(train.exit()).isEqualTo(2);
    assertThat(train.err()).hasLineCount(1).contains(mine.toString());
    assertThat(files(mine)).isEqualTo(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** A tower's own tokenizer cuts other captions than a new vocabulary does. */
  @Test
  void captionsAreCountedByTheTokenizerThatTrainingWouldUse() throws IOException {
    Path model = folder.resolve("tiny");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, ModelDescription.STAGE_ONE)) {
      checkpoint.write(model, checkpoint.description(), "");
    }
    String tokens = "model.text.max_tokens=7";
    String root = table().toString();
    Executed fresh = data("stats", "--root", root, "--set", tokens);
    Executed own = data("stats", "--root", root, "--set", tokens, "--set", "model.init=" + model);
    assertThat(own.exit()).as(own.err()).isZero();
    assertThat(own.out()).isNotEqualTo(fresh.out());
  }

  @Test
  void figuresArePrintedAndWritten() {
    Path json = folder.resolve("figures.json");
    Executed executed =
        Executed.run(
            "visionfashion",
            "bench",
            "retrieval",
            "--pairs",
            "50",
            "--steps",
            "1",
            "--json",
            json.toString());
    assertThat(executed.exit()).as(executed.err()).isZero();
    assertThat(executed.out()).isNotEmpty();
    assertThat(json).content().startsWith("{");
  }
}
