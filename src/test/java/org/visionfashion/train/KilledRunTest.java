package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.Soak;
import org.visionfashion.config.FinetuneConfig.Encoders;

/** Both stages in a process of their own that is killed (SIGKILL) at random moments. */
class KilledRunTest {

  private static final List<String> STAGES = List.of("contrastive", "finetune");

  /** Steps before the kill; a whole run has 18. */
  private static final int FARTHEST = 8;

  private static final int LONGEST_WAIT_MILLIS = 8;

  @TempDir private static Path shared;

  /** Never disturbed. */
  private static Path whole;

  @TempDir private Path folder;

  private int kills;
  private int killedInASave;

  private static TinyRun tiny(Path pictures) {
    TinyRun run = new TinyRun(pictures);
    run.saveEvery = 1;
    run.encoders = Encoders.TRAINABLE;
    return run;
  }

  @BeforeAll
  static void train() {
    whole = shared.resolve("whole");
    tiny(shared).contrastive(whole);
    tiny(shared).finetune(whole);
  }

  /** The process: tells each step, and ends when both stages are done. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) {
      TinyRun run = tiny(Path.of(args[0]));
      Observer teller =
          new Observer() {
            @Override
            public void step(Step step) {
              System.out.println("step");
            }
          };
      Path place = Path.of(args[1]);
      boolean done = Files.exists(place.resolve("stage-one-done"));
      if (!done) {
        TinyRun.train(run.in(place, () -> false, teller), "contrastive");
        place.resolve("stage-one-done").toFile().mkdir();
      }
      TinyRun.train(run.in(place, () -> false, teller), "finetune");
      System.out.println("done");
    }
  }

  private Process start(Path place) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.graph_optimizer=false",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            shared.toString(),
            place.toString())
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /**
   * Runs on.
   *
   * @param kill after so many steps and a moment; -1 = never
   * @return whether the run came to its end
   */
  private boolean runAndKill(Path place, int kill, Random random)
      throws IOException, InterruptedException {
    Process process = start(place);
    int steps = kill;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.equals("done")) {
        steps -= line.equals("step") ? 1 : 0;
        if (steps == 0) {
          Thread.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
          process.destroyForcibly().waitFor();
          kills++;
          killedInASave += isHalfWritten(place) ? 1 : 0;
          return false;
        }
        line = output.readLine();
      }
      process.waitFor();
      assertThat(line).as(Files.readString(folder.resolve("log"))).isEqualTo("done");
      return true;
    }
  }

  private static boolean isHalfWritten(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".writing"));
    }
  }

  /** Starts and kills until the run is done; from so many kills on it is left in peace. */
  private void survive(Path place, Random random, int most)
      throws IOException, InterruptedException {
    boolean done = false;
    int before = kills;
    while (!done) {
      done = runAndKill(place, kills - before < most ? 1 + random.nextInt(FARTHEST) : -1, random);
    }
    for (String stage : STAGES) {
      assertThat(TinyRun.metrics(place, stage)).isEqualTo(TinyRun.metrics(whole, stage));
      assertThat(TinyRun.states(place, stage).get(0))
          .hasSameBinaryContentAs(TinyRun.states(whole, stage).get(0));
      assertThat(place.resolve(stage + "/best.safetensors"))
          .hasSameBinaryContentAs(whole.resolve(stage + "/best.safetensors"));
    }
    assertThat(place.resolve("model/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model/model.safetensors"));
  }

  @Test
  @Timeout(300)
  void aRunThatIsKilledAgainAndAgainEndsAsOneThatIsNot() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    survive(folder.resolve("run"), new Random(seed), 2);
  }

  @Test
  @Tag(Soak.TAG)
  void manyKills() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int runs = 0;
    while (kills < 100) {
      survive(folder.resolve("run-" + runs++), random, Integer.MAX_VALUE);
    }
    Soak.summary(
        "%d kills (SIGKILL) of %d runs survived, %d of them inside a save, seed %d"
            .formatted(kills, runs, killedInASave, seed));
  }
}
