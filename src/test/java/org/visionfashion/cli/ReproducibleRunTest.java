package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;

/** {@code ./train all} in processes of its own: the same every time, also when it is cut short. */
@Tag(Soak.TAG)
class ReproducibleRunTest {

  private static final int RUNS = 3;

  @TempDir private Path folder;

  /** Whatever is a function of configuration, seed and data. */
  private static List<String> results(TinyProject project) throws IOException {
    JsonMapper json = new JsonMapper();
    List<String> results = new ArrayList<>();
    for (String stage : List.of("contrastive", "finetune")) {
      for (String line : Files.readAllLines(project.run().resolve(stage + "/metrics.jsonl"))) {
        ObjectNode node = (ObjectNode) json.readTree(line);
        node.remove("time");
        results.add(node.toString());
      }
    }
    JsonNode report = json.readTree(project.run().resolve("eval/test.json").toFile());
    results.add(report.required("sections").toString());
    return results;
  }

  private static void finish(TinyProject project, Process process) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(project.output()).isZero();
  }

  @Test
  void theSameOnEveryRun() throws Exception {
    TinyProject first = new TinyProject(folder.resolve("first"));
    finish(first, first.train("all", "--config", first.config().toString()));
    for (int i = 1; i < RUNS; i++) {
      TinyProject other = new TinyProject(folder.resolve("other-" + i));
      Process process = other.train("all", "--config", other.config().toString());
      while (i > 1 && other.lines() < 5) { // the last one is cut short
        assertThat(process.isAlive()).as(other.output()).isTrue();
        Thread.sleep(5);
      }
      if (i > 1) {
        process.destroyForcibly().waitFor();
        process = other.train("all", "--resume");
      }
      finish(other, process);
      assertThat(results(other)).isEqualTo(results(first));
      assertThat(other.run().resolve("model/model.safetensors"))
          .hasSameBinaryContentAs(first.run().resolve("model/model.safetensors"));
    }
    Soak.summary(
        ("%d runs of ./train all, one of them killed and resumed: the same in every weight, every"
                + " logged number and every score")
            .formatted(RUNS));
  }
}
