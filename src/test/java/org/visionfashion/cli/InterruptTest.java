package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

  @TempDir private Path folder;

  @Test
  void workThatEndsByItselfLeavesNothingBehind() {
    Interrupt interrupt = new Interrupt();
    assertThat(interrupt.<Integer, RuntimeException>guard(() -> 7)).isEqualTo(7);
    assertThat(interrupt.requested()).isFalse();
  }

  /** SIGTERM takes the way of Ctrl-C (SIGINT, 130), and can be sent from Java: 128 + 15. */
  @Test
  @Timeout(60)
  void aSignalWaitsUntilTheWorkHasSaved() throws IOException, InterruptedException {
    Path saved = folder.resolve("saved");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                saved.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("at work");
      process.toHandle().destroy();
      assertThat(output.readLine()).endsWith("Stopping after this step, then saving");
      process.getOutputStream().write('s'); // only now the worker may save
      process.getOutputStream().flush();
      assertThat(output.lines()).isEmpty();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(saved).hasContent("all of it");
  }

  /** Works until a byte comes in, then saves. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] args) {
      Interrupt interrupt = new Interrupt();
      int exit = interrupt.guard(() -> work(interrupt, Path.of(args[0])));
      System.exit(exit);
    }

    private static int work(Interrupt interrupt, Path saved) {
      System.out.println("at work");
      try {
        System.in.read();
        Files.writeString(saved, interrupt.requested() ? "all of it" : "too early");
        return 1;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
