package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.hub.FakeHub;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

/** The Hub's token goes to the Hub and nowhere else: not into a log, a report or a checkpoint. */
class SecretTest {

  private static final String TOKEN = "hf_LNKxYtaOjQvWpRzu";

  @TempDir private Path folder;

  private int trainAll(TinyProject project, FakeHub hub) throws Exception {
    Process process =
        project.train(
            Map.of(
                "HF_TOKEN", TOKEN,
                "HF_ENDPOINT", hub.address().toString(),
                "HF_HOME", folder.resolve("cache").toString()),
            "all",
            "--config",
            project.config().toString(),
            "--set",
            "model.init=hf:owner/tiny",
            "--set",
            "model.text.max_tokens=9",
            "--set",
            "model.mean=[0.5, 0.4, 0.3]",
            "--set",
            "model.std=[0.25, 0.5, 0.3]",
            "--set",
            "model.ignore=[\"*head*\"]");
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static void publish(FakeHub hub, Path model) throws IOException {
    for (String name : List.of("config.json", "tokenizer.json")) {
      hub.holds(name, Files.readString(model.resolve(name)));
    }
    hub.holdsLarge("model.safetensors", Files.readAllBytes(model.resolve("model.safetensors")));
  }

  private static boolean holdsToken(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(TOKEN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @Timeout(300)
  void theTokenIsWrittenNowhere() throws Exception {
    TinyProject project = new TinyProject(folder.resolve("project"));
    Path model = folder.resolve("tiny");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "finetune")) {
      checkpoint.write(model, checkpoint.description(), "");
    }
    try (FakeHub hub = new FakeHub()) {
      publish(hub, model);
      hub.next("HEAD", FakeHub.refusal(403, "GatedRepo"));
      assertThat(trainAll(project, hub)).as(project.output()).isEqualTo(2);
      assertThat(project.output()).contains("HF_TOKEN");
      assertThat(trainAll(project, hub)).as(project.output()).isZero();
      assertThat(hub.asked("HEAD"))
          .isNotEmpty()
          .allMatch(asked -> asked.authorization().equals("Bearer " + TOKEN));
    }
    assertThat(project.run().resolve("eval/test.html")).exists();
    assertThat(project.run().resolve("model/README.md")).exists();
    assertThat(files()).hasSizeGreaterThan(20).noneMatch(SecretTest::holdsToken);
  }
}
