package org.visionfashion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.run.RunFolder;

class LiveCurvesTest {

  private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();

  @TempDir private Path folder;

  private void add(RunFolder run, String line) throws IOException {
    Files.createDirectories(run.contrastive());
    Files.writeString(
        run.contrastive().resolve("metrics.jsonl"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String step(int number) {
    return "{\"step\":%d,\"loss\":1.5,\"lr\":0.1,\"examples\":8,\"time\":{\"seconds\":1}}"
        .formatted(number);
  }

  @Test
  void thePageIsRenewedEachEpochAndEachMinuteAndComplete() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (LiveCurves live = new LiveCurves(run)) {
      long begin = System.nanoTime();
      add(run, step(1));
      live.refresh(begin + A_MINUTE / 2);
      assertThat(run.curves()).doesNotExist();
      live.refresh(begin + 2 * A_MINUTE);
      assertThat(run.curves()).content().contains("Stage one", "refresh");
      Files.delete(run.curves());
      live.refresh(begin + 4 * A_MINUTE);
      assertThat(run.curves()).as("nothing is new").doesNotExist();
      add(run, "{\"step\":1,\"validation\":{\"loss\":2,\"category.top1\":0.5}}");
      live.refresh(begin + 4 * A_MINUTE);
      assertThat(run.curves()).content().contains("Validation scores");
    }
    assertThat(run.curves()).content().contains("Stage one").doesNotContain("refresh");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("curves") && thread.isAlive());
  }

  /** Neither a page that cannot be written nor metrics that cannot be read reach the training. */
  @Test
  void noFailureReachesTheTraining() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Files.createDirectories(run.curves().resolve("in the way"));
    Files.createDirectories(run.finetune().resolve("metrics.jsonl").resolve("in the way"));
    add(run, step(1));
    try (LiveCurves live = new LiveCurves(run)) {
      live.refresh(System.nanoTime() + 2 * A_MINUTE);
      live.refresh(System.nanoTime() + 4 * A_MINUTE);
    }
    assertThat(run.curves()).isDirectory();
  }
}
