package org.visionfashion.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.visionfashion.base.ProjectFolder;

/**
 * A project folder with 30 small pictures and a configuration to match, in folders with names of
 * every sort, and the command line in a process of its own.
 */
final class TinyProject {

  private static final String CONFIG =
      """
      run: {name: tiny}
      data: {source: csv, root: Größe 👗/table.csv, split: random, validation: 0.2, test: 0.2}
      model:
        image_size: [16, 8]
        embedding_size: 6
        image: {patch_size: 4, hidden_size: 8, layers: 1, heads: 2, intermediate_size: 16}
        text: {hidden_size: 12, layers: 1, heads: 3, intermediate_size: 16}
      contrastive: {epochs: 3, batch: 4}
      finetune: {epochs: 3, batch: 4, encoders: trainable}
      eval: {bootstrap: 50}
      save: {every_steps: 3}
      """;

  private final Path home;
  private final Path output;

  TinyProject(Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("a folder, für Kleider 👗"));
    output = folder.resolve("out");
    Path data = Files.createDirectories(home.resolve("Größe 👗"));
    StringBuilder table = new StringBuilder("image,caption,category,attributes\n");
    Random random = new Random(1);
    for (int i = 0; i < 30; i++) {
      BufferedImage image = new BufferedImage(12, 20, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 12; x++) {
          image.setRGB(x, y, random.nextInt(1 << 24));
        }
      }
      String name = "Rock " + i + " ß👗.png";
      ImageIO.write(image, "png", data.resolve(name).toFile());
      String labels = (i % 2 == 0 ? "Kleid" : "Rock") + "," + (i % 3 == 0 ? "rot|lang" : "rot");
      table.append(name).append(",a dress number ").append(i).append(',').append(labels);
      table.append('\n');
    }
    Files.writeString(data.resolve("table.csv"), table);
    Files.writeString(config(), CONFIG);
    Path configs = Files.createDirectories(home.resolve("configs"));
    Files.copy(Path.of("configs/own.yaml"), configs.resolve("own.yaml"));
  }

  private TinyProject(Path home, Path output) {
    this.home = home;
    this.output = output;
  }

  /** The same files in another folder. */
  TinyProject copyTo(Path folder) throws IOException {
    Path copy = folder.resolve(home.getFileName());
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(home.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new TinyProject(copy, folder.resolve("out"));
  }

  Path home() {
    return home;
  }

  Path config() {
    return home.resolve("tiny config.yaml");
  }

  Path run() {
    return home.resolve("checkpoints/tiny");
  }

  /** Starts {@code ./train} with these arguments. */
  Process train(String... arguments) throws IOException {
    return train(Map.of(), arguments);
  }

  /** The same, with more in its environment. */
  Process train(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.graph_optimizer=false",
                "-Dvisionfashion.launcher=train",
                "-D" + ProjectFolder.PROPERTY + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    process.environment().putAll(environment);
    return process.start();
  }

  /** What all processes have said. */
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Steps and epochs in the log of stage one. */
  long lines() throws IOException {
    Path log = run().resolve("contrastive/metrics.jsonl");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    }
  }

  String lastState() throws IOException {
    try (Stream<Path> files = Files.list(run().resolve("contrastive"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("state-"))
          .max(String::compareTo)
          .orElseThrow();
    }
  }
}
