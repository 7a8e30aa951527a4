package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.pretrained.PublishedClip;

/** A published model by its name alone: evaluated, then trained further. */
class PublishedModelCommandsTest {

  @TempDir private Path folder;
  private TinyProject project;
  private Path model;

  @BeforeEach
  void publish() throws Exception {
    project = new TinyProject(folder);
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    model = PublishedClip.huggingFace(folder.resolve("published"));
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  @Test
  void evaluatedWithoutTraining() throws Exception {
    Path data = project.home().resolve("Größe 👗/table.csv");
    Executed executed =
        Executed.run(
            "eval",
            "--model",
            model.toString(),
            "--data",
            data.toString(),
            "--config",
            project.config().toString());
    assertThat(executed.exit()).as(executed.err()).isZero();
    Path json;
    try (var files = Files.list(model.resolve("eval"))) {
      json = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
    JsonNode evaluation = new ObjectMapper().readTree(json.toFile());
    assertThat(evaluation.toString()).contains("retrieval").doesNotContain("NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"finetune-clip", "finetune-siglip", "heads-on-clip", "adapt-small"})
  void recipes(String name) throws Exception {
    Executed executed =
        Executed.run(
            "train",
            "all",
            "--config",
            Path.of("configs", name + ".yaml").toAbsolutePath().toString(),
            "--set",
            "model.init=" + model,
            "--set",
            "data.root=" + project.home().resolve("Größe 👗/table.csv"),
            "--set",
            "data.split=random",
            "--set",
            "run.precision=fp32",
            "--set",
            "contrastive.epochs=" + (name.startsWith("heads") ? 0 : 1),
            "--set",
            "finetune.epochs=1",
            "--set",
            "eval.bootstrap=0");
    assertThat(executed.exit()).as(executed.err()).isZero();
    Path run = project.home().resolve("checkpoints").resolve(name);
    assertThat(run.resolve("eval/test.json")).exists();
    String start = Files.readAllLines(run.resolve("contrastive/metrics.jsonl")).get(0);
    assertThat(start).contains("\"epoch\":0", "\"validation\"");
  }

  @Test
  void trainedFurtherAndEvaluated() throws Exception {
    Executed executed =
        Executed.run(
            "train",
            "all",
            "--config",
            project.config().toString(),
            "--set",
            "model.init=" + model,
            "--set",
            "contrastive.epochs=2",
            "--set",
            "model.resize_mode=squash");
    assertThat(executed.exit()).as(executed.err()).isZero();
    ModelFolder trained = ModelFolder.open(project.run().resolve("model"));
    assertThat(trained.description().architecture().image().patch()).isEqualTo(9);
    assertThat(trained.description().architecture().categories()).isEqualTo(2);
    assertThat(trained.description().maxTokens()).isEqualTo(20);
    assertThat(trained.description().resizeMode()).isEqualTo(ResizeMode.SQUASH);
    assertThat(project.run().resolve("run.log"))
        .content()
        .contains("Not used", "model.image_size = [16, 8]", "model.resize_mode = squash");
    assertThat(project.run().resolve("eval/test.json")).exists();
    Executed judged = Executed.run("eval", "--protocol", "--run", "tiny");
    assertThat(judged.exit()).as(judged.err()).isZero();
    assertThat(judged.out()).contains("18 of 30 pictures", "training pictures of tiny");
    assertThat(project.run().resolve("eval/test.protocol.json")).exists();
  }
}
