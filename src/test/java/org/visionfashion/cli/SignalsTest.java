package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.ProjectFolder;

/** Ctrl-C and SIGTERM while a run trains, and a second process that wants the same run. */
class SignalsTest {

  /** Many more than the machine needs, for it may be busy. */
  private static final int SECONDS = 30;

  @TempDir private Path folder;
  private TinyProject project;

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  private void awaitLines(Process process, long lines) throws Exception {
    while (project.lines() < lines) {
      assertThat(process.isAlive()).as(project.output()).isTrue();
      Thread.sleep(20);
    }
  }

  /** The process saves within seconds and says by its code why it went. */
  private void signal(Process process, String signal, int code) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(signal).isTrue();
    assertThat(process.exitValue()).as(project.output()).isEqualTo(code);
  }

  private String second() {
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    Executed executed = Executed.run("train", "contrastive", "--resume");
    assertThat(executed.exit()).isEqualTo(2);
    return executed.err();
  }

  /** As a shell starts what it runs in the background: the child then ignores it too. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
  }

  @Test
  @Timeout(300)
  void bothSignalsSaveAndTheRunGoesOn() throws Exception {
    assumeFalse(isInterruptIgnored(), "SIGINT is ignored here: started in the background");
    project = new TinyProject(folder);
    String config = project.config().toString();
    String endless = "contrastive.epochs=100000";
    Process first = project.train("contrastive", "--config", config, "--set", endless);
    awaitLines(first, 10);
    assertThat(second()).hasLineCount(1).contains("run tiny", "in training");
    signal(first, "INT", 130);
    assertThat(project.output())
        .contains("Stopping after this step, then saving", "Stopped; state saved");
    String state = project.lastState();
    Process resumed = project.train("contrastive", "--resume", "--set", "data.workers=1");
    awaitLines(resumed, project.lines() + 10);
    signal(resumed, "TERM", 143);
    assertThat(project.output()).contains("data.workers is now 1");
    assertThat(project.lastState()).isGreaterThan(state);
  }

  /**
   * Nothing is saved in the middle of an evaluation; the same command does it again, and no more.
   */
  @Test
  @Timeout(300)
  void anEvaluationIsInterruptedAndResumed() throws Exception {
    assumeFalse(isInterruptIgnored(), "SIGINT is ignored here: started in the background");
    project = new TinyProject(folder);
    String config = project.config().toString();
    Process first = project.train("all", "--config", config, "--set", "eval.bootstrap=200000");
    while (!project.output().contains("Computing metrics")) {
      assertThat(first.isAlive()).as(project.output()).isTrue();
      Thread.sleep(20);
    }
    signal(first, "INT", 130);
    assertThat(project.output()).contains("Stopped. Run the same command to resume");
    assertThat(project.run().resolve("eval/test.json")).doesNotExist();
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    Executed resumed = Executed.run("train", "all", "--config", config);
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(project.run().resolve("eval/test.json")).exists();
    assertThat(project.run().resolveSibling("tiny-2")).doesNotExist();
    assertThat(project.run().resolve("run.log"))
        .content()
        .containsOnlyOnce("Stage two is finished");
  }
}
