package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.visionfashion.weights.pretrained.PublishedClip;

/** {@code eval --protocol} from outside: exit codes, files and the numbers in them. */
class ProtocolCommandTest {

  @TempDir private Path folder;
  private TinyProject project;
  private Path model;
  private Path out;

  @BeforeEach
  void publish() throws Exception {
    project = new TinyProject(folder);
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    model = PublishedClip.huggingFace(folder.resolve("published"));
    out = folder.resolve("out");
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  private Executed eval(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("eval", "--config", project.config().toString(), "--out", out.toString()));
    all.addAll(List.of(arguments));
    return Executed.run(all.get(0), all.subList(1, all.size()).toArray(String[]::new));
  }

  private JsonNode result() throws Exception {
    try (Stream<Path> files = Files.list(out)) {
      Path json =
          files
              .filter(file -> file.toString().endsWith(".protocol.json"))
              .findFirst()
              .orElseThrow();
      return new ObjectMapper().readTree(json.toFile());
    }
  }

  private static JsonNode score(JsonNode task, String name) {
    for (JsonNode score : task.at("/sections/0/scores")) {
      if (score.path("name").asText().equals(name)) {
        return score;
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void captionsAndCategoriesOfTwoModels() throws Exception {
    Executed executed =
        eval(
            "--protocol",
            "text-to-image,category-to-product,attribute-to-product",
            "--model",
            model.toString(),
            "--split",
            "all",
            "--set",
            "eval.protocol.models=['" + model + "/']");
    assertThat(executed.exit()).as(executed.err()).isZero();
    assertThat(executed.out()).contains("recall@10", "ndcg@10", ".protocol.html");
    JsonNode result = result();
    assertThat(result.path("models")).hasSize(2);
    JsonNode captions = result.at("/tasks/0");
    assertThat(captions.at("/choices/queries").asText()).isEqualTo("30");
    assertThat(score(captions, "recall@1").path("best").asDouble()).isEqualTo(1);
    assertThat(score(captions, "precision@10").path("best").asDouble()).isEqualTo(.1);
    JsonNode categories = result.at("/tasks/1");
    assertThat(categories.at("/choices/queries").asText()).isEqualTo("2");
    assertThat(categories.at("/choices/weights").asText()).contains("0.9", "0.1");
    assertThat(score(categories, "recall@1").path("best").asDouble()).isEqualTo(1 / 15.0);
    JsonNode attributes = result.at("/tasks/2");
    assertThat(attributes.at("/choices/queries").asText()).isEqualTo("2");
    for (JsonNode difference : captions.at("/sections/2/scores")) {
      assertThat(difference.path("value").asDouble()).isZero();
    }
    assertThat(captions.at("/published/scores")).isEmpty();
    try (Stream<Path> files = Files.list(out)) {
      Path page = files.filter(file -> file.toString().endsWith(".html")).findFirst().orElseThrow();
      assertThat(Files.readString(page)).contains("text_to_image", "30").doesNotContain("NaN");
    }
  }

  /** The models of a configuration need no run; the test split asks, as in training. */
  @Test
  void modelsOfTheConfigurationAlone() throws Exception {
    Executed executed = eval("--protocol", "--set", "eval.protocol.models=['" + model + "']");
    assertThat(executed.exit()).as(executed.err()).isZero();
    assertThat(result().path("split").asText()).isEqualTo("test");
    assertThat(result().path("models")).hasSize(1);
    assertThat(result().at("/tasks/0/choices/queries").asText()).isEqualTo("6");
    assertThat(result().at("/tasks/0/choices/documents").asText()).isEqualTo("30");
  }

  @Test
  void qrelsOfFiles() throws Exception {
    Path qrels =
        Files.writeString(
            folder.resolve("test.tsv"),
            "query-id\tcorpus-id\tscore\nq\tRock 3 ß👗.png\t2\nq\tgone.png\t1\n");
    Path queries = Files.writeString(folder.resolve("queries.tsv"), "q\ta dress number 3\n");
    Executed executed =
        eval(
            "--model",
            model.toString(),
            "--qrels",
            qrels.toString(),
            "--queries",
            queries.toString());
    assertThat(executed.exit()).as(executed.err()).isZero();
    JsonNode task = result().at("/tasks/0");
    assertThat(task.path("name").asText()).isEqualTo("qrels");
    assertThat(task.path("notes")).hasSize(1);
    assertThat(score(task, "recall@10").path("best").asDouble()).isEqualTo(.5);
    assertThat(score(task, "binary_ndcg@10").path("best").asDouble()).isLessThan(1);
  }

  @Test
  void whatCannotBeAskedIsRefused() throws Exception {
    String name = model.toString();
    refused("image_to_text", "text_to_image", "--model", name, "--protocol", "image-to-text");
    refused("qrels", "--qrels", "--model", name, "--protocol", "qrels");
    refused("--compare", "--protocol", "--compare", "a", "b", "--protocol");
    refused(
        "gone.txt", "no such file", "--model", name, "--qrels", "gone.txt", "--queries", "q.txt");
    assertThat(out).doesNotExist();
  }

  private void refused(String word, String other, String... arguments) {
    Executed executed = eval(arguments);
    assertThat(executed.exit()).isEqualTo(2);
    assertThat(executed.err()).contains(word, other);
  }
}
