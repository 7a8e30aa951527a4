package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.SaveConfig.OnFailure;

/** {@code metrics.jsonl} after an interruption. */
class RunLogTest {

  @TempDir private Path folder;

  private static StepReport step(int epoch, long step) {
    return new StepReport(
        "contrastive", epoch, step, 6, 1.5, LossScale.NONE, false, 0.1, 2, 4, 0.5, 0.25);
  }

  private static EpochReport epoch(int epoch, long step) {
    Validation validation = new Validation(1, 0.5, Map.of("category.top1", 0.25));
    return new EpochReport("contrastive", epoch, 3, step, 1.25, validation, true, 8, 2);
  }

  private static Position position(int epoch, int stepInEpoch, long step) {
    return new Position(
        epoch, stepInEpoch, stepInEpoch, step, 0, 0, 0, List.of(), LossScale.NONE, 0, 0);
  }

  private Path twoEpochs() throws IOException {
    Path file = folder.resolve("deep/metrics.jsonl");
    try (RunLog log = RunLog.open(file, Position.START, OnFailure.STOP)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        log.step(step(epoch, 2L * epoch - 1));
        log.step(step(epoch, 2L * epoch));
        log.epoch(epoch(epoch, 2L * epoch));
      }
    }
    return file;
  }

  @Test
  void whatTheLinesSay() throws IOException {
    assertThat(Files.readAllLines(twoEpochs()))
        .hasSize(6)
        .startsWith(
            "{\"stage\":\"contrastive\",\"epoch\":1,\"step\":1,\"loss\":1.5,\"lr\":0.1,"
                + "\"grad_norm\":2.0,\"examples\":4,"
                + "\"time\":{\"seconds\":0.5,\"pairs_per_s\":8.0,\"data_wait\":0.5}}")
        .endsWith(
            "{\"stage\":\"contrastive\",\"epoch\":2,\"step\":4,\"loss\":1.25,\"best\":true,"
                + "\"validation\":{\"loss\":1.0,\"score\":0.5,\"category.top1\":0.25},"
                + "\"time\":{\"seconds\":2.0,\"pairs_per_s\":8.0}}");
  }

  private static int kept(Path file, Position from) throws IOException {
    RunLog.open(file, from, OnFailure.STOP).close();
    return Files.readAllLines(file).size();
  }

  @Test
  void linesBehindTheSaveAreCut() throws IOException {
    assertThat(kept(twoEpochs(), position(2, 0, 4))).isEqualTo(6);
    assertThat(kept(twoEpochs(), position(1, 2, 4))).isEqualTo(5); // not judged yet
    assertThat(kept(twoEpochs(), position(1, 1, 3))).isEqualTo(4);
    assertThat(kept(twoEpochs(), position(1, 0, 2))).isEqualTo(3);
    assertThat(kept(twoEpochs(), position(0, 2, 2))).isEqualTo(2);
    assertThat(kept(twoEpochs(), Position.START)).isZero();
  }

  @Test
  void everyHalfWrittenLastLine() throws IOException {
    String whole = Files.readString(twoEpochs());
    int last = whole.stripTrailing().lastIndexOf('\n') + 1;
    Path file = folder.resolve("cut.jsonl");
    for (int length = last; length <= whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      boolean complete = length >= whole.length() - 1; // all but the line break
      assertThat(kept(file, position(2, 0, 4))).as("length " + length).isEqualTo(complete ? 6 : 5);
      assertThat(Files.readString(file)).isEqualTo(complete ? whole : whole.substring(0, last));
    }
  }
}
