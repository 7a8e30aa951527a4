package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.SaveConfig.OnFailure;

/** {@code metrics.jsonl} after an interruption. */
class RunLogTest {

  @TempDir private Path folder;

  private static Observer.Step step(int epoch, long step) {
    return new Observer.Step(
        new Observer.Place("contrastive", epoch, 3, step, 6),
        1.5,
        LossScale.NONE,
        false,
        0.1,
        2,
        new Observer.Timing(4, 0.5, 0.25));
  }

  private static Observer.Epoch epoch(int epoch, long step) {
    Validation validation = new Validation(1, 0.5, Map.of("category.top1", 0.25), false);
    return epoch(epoch, step, Optional.of(validation));
  }

  private static Observer.Epoch epoch(int epoch, long step, Optional<Validation> validation) {
    return new Observer.Epoch(
        new Observer.Place("contrastive", epoch, 3, step, 6), 1.25, validation, true, 8, 2);
  }

  private static Progress progress(int epoch, int stepInEpoch, long step) {
    Progress.UnderWay underWay = new Progress.UnderWay(stepInEpoch, stepInEpoch, 0);
    Progress start = Progress.START;
    return new Progress(epoch, step, underWay, start.best(), List.of(), start.adapted());
  }

  private Path twoEpochs() throws IOException {
    Path file = folder.resolve("deep/metrics.jsonl");
    try (RunLog log = RunLog.open(file, Progress.START, OnFailure.STOP)) {
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

  /** Half precision had a line of its own, without the mark. */
  @Test
  void aSkippedStepIsMarkedWhateverThePrecision() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (RunLog log = RunLog.open(file, Progress.START, OnFailure.STOP)) {
      Observer.Step made = step(1, 1);
      LossScale least = new LossScale(true, 1, 0, 3).afterSkip();
      log.step(new Observer.Step(made.place(), 1.5, least, true, made.rate(), 2, made.timing()));
    }
    assertThat(Files.readAllLines(file).get(0))
        .contains("\"loss_scale\":1.0", "\"skipped_steps\":4", "\"skipped\":true");
  }

  @Test
  void anEpochWithoutValidationIsALineToo() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (RunLog log = RunLog.open(file, Progress.START, OnFailure.STOP)) {
      log.step(step(1, 1));
      log.epoch(epoch(1, 1, Optional.empty()));
    }
    assertThat(Files.readAllLines(file).get(1)).doesNotContain("validation");
    assertThat(kept(file, progress(0, 1, 1))).as("not validated yet").isEqualTo(1);
  }

  private static int kept(Path file, Progress from) throws IOException {
    RunLog.open(file, from, OnFailure.STOP).close();
    return Files.readAllLines(file).size();
  }

  @Test
  void linesBehindTheSaveAreCut() throws IOException {
    assertThat(kept(twoEpochs(), progress(2, 0, 4))).isEqualTo(6);
    assertThat(kept(twoEpochs(), progress(1, 2, 4))).isEqualTo(5); // not judged yet
    assertThat(kept(twoEpochs(), progress(1, 1, 3))).isEqualTo(4);
    assertThat(kept(twoEpochs(), progress(1, 0, 2))).isEqualTo(3);
    assertThat(kept(twoEpochs(), progress(0, 2, 2))).isEqualTo(2);
    assertThat(kept(twoEpochs(), Progress.START)).isZero();
  }

  @Test
  void everyHalfWrittenLastLine() throws IOException {
    String whole = Files.readString(twoEpochs());
    int last = whole.stripTrailing().lastIndexOf('\n') + 1;
    Path file = folder.resolve("cut.jsonl");
    for (int length = last; length <= whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      boolean complete = length >= whole.length() - 1; // all but the line break
      assertThat(kept(file, progress(2, 0, 4))).as("length " + length).isEqualTo(complete ? 6 : 5);
      assertThat(Files.readString(file)).isEqualTo(complete ? whole : whole.substring(0, last));
    }
  }
}
