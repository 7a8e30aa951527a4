package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.ProjectFolder;
import picocli.CommandLine;

/** The command line itself, in a process of its own, in a folder with a name of every sort. */
class SignalsTest {

  private static final Duration SECONDS = Duration.ofSeconds(20);
  private static final String CONFIG =
      """
      run: {name: tiny}
      data: {source: csv, root: Größe 👗/table.csv, split: random, validation: 0.2, test: 0.2}
      model:
        image_size: [16, 8]
        embedding_size: 6
        image: {patch_size: 4, hidden_size: 8, layers: 1, heads: 2, intermediate_size: 16}
        text: {hidden_size: 12, layers: 1, heads: 3, intermediate_size: 16}
      contrastive: {epochs: 100000, batch: 4}
      save: {every_steps: 3}
      """;

  @TempDir private Path folder;
  private Path home;

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  private void draw() throws IOException {
    home = Files.createDirectories(folder.resolve("a folder, für Kleider 👗"));
    Path data = Files.createDirectories(home.resolve("Größe 👗"));
    StringBuilder table = new StringBuilder("image,caption\n");
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      BufferedImage image = new BufferedImage(12, 20, BufferedImage.TYPE_INT_RGB);
      image.setRGB(random.nextInt(12), random.nextInt(20), random.nextInt(1 << 24));
      String name = "Rock " + i + " ß👗.png";
      ImageIO.write(image, "png", data.resolve(name).toFile());
      table.append(name).append(",a dress number ").append(i).append('\n');
    }
    Files.writeString(data.resolve("table.csv"), table);
    Files.writeString(home.resolve("tiny config.yaml"), CONFIG);
  }

  private Process train(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.graph_optimizer=false",
                "-Dvisionfashion.launcher=train",
                "-D" + ProjectFolder.PROPERTY + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "contrastive"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
        .start();
  }

  private long steps() throws IOException {
    Path log = home.resolve("checkpoints/tiny/contrastive/metrics.jsonl");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
  }

  private void awaitSteps(Process process, long steps) throws Exception {
    while (steps() < steps) {
      assertThat(process.isAlive()).as(output()).isTrue();
      Thread.sleep(20);
    }
  }

  /** Sends a signal; the process saves within seconds and says with which code it goes. */
  private void signal(Process process, String signal, int code) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(SECONDS.toSeconds(), TimeUnit.SECONDS)).as(signal).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(code);
    assertThat(output()).contains("Stopping after this step, then saving", "Stopped, all is saved");
  }

  private String lastState() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("checkpoints/tiny/contrastive"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("state-"))
          .max(String::compareTo)
          .orElseThrow();
    }
  }

  /** What a second process says to a run that the first one trains. */
  private String second() {
    System.setProperty(ProjectFolder.PROPERTY, home.toString());
    StringWriter err = new StringWriter();
    CommandLine command =
        new Cli(
                () -> {
                  throw new AssertionError("it has no work to do");
                },
                new Interrupt())
            .commandLine("train");
    command.setErr(new PrintWriter(err, true));
    assertThat(command.execute("contrastive", "--resume")).isEqualTo(2);
    return err.toString();
  }

  @Test
  @Timeout(180)
  void bothSignalsSaveAndTheRunGoesOn() throws Exception {
    draw();
    Process first = train("--config", home.resolve("tiny config.yaml").toString());
    awaitSteps(first, 10);
    assertThat(second())
        .isEqualToIgnoringNewLines(
            "train contrastive: run tiny is in training right now: wait, or begin another by --run"
                + " NAME");
    signal(first, "INT", 130);
    String state = lastState();
    long steps = steps();
    Process resumed = train("--resume", "--set", "data.workers=1");
    awaitSteps(resumed, steps + 10);
    signal(resumed, "TERM", 143);
    assertThat(output()).contains("goes on behind step", "data.workers is 1 now, was 2");
    assertThat(lastState()).isGreaterThan(state);
  }
}
