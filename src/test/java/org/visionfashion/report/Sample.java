package org.visionfashion.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.visionfashion.config.Config;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.EvaluatedModel;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.LabelCounts;
import org.visionfashion.eval.Prompts;
import org.visionfashion.eval.Provenance;
import org.visionfashion.eval.Scoring;
import org.visionfashion.eval.SpokenWords;
import org.visionfashion.eval.Task;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

/** A small evaluation with drawn pictures and a model of random weights. */
final class Sample implements AutoCloseable {

  static final LabelScheme SCHEME = TinyModel.SCHEME;

  static final Provenance PROVENANCE =
      new Provenance(
          new Provenance.Model("model", null, "4567def"),
          new Provenance.Data("toys", "0123abc"),
          new Provenance.Measurement(
              "0.1.0", "2026-02-28T10:11:12Z", "17.0.1", "PyTorch 2.7.1", "cpu & more"));

  final List<Example> examples;
  final Checkpoint checkpoint;
  final EmbeddingTable table;

  /** Draws so many pictures into a folder. */
  Sample(Path folder, int count) {
    examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      examples.add(example(folder, n));
    }
    checkpoint = TinyModel.checkpoint(3, "finetune");
    table = new Embedder(checkpoint, 16, Config.DEFAULT.data()).table(examples);
  }

  private static Example example(Path folder, int n) {
    Path file = folder.resolve("picture %d.png".formatted(n));
    draw(file, n);
    byte[] labels = new byte[SCHEME.attributeCount()];
    labels[n % 3] = 1;
    labels[3 + n % 2] = 1;
    labels[5] = (byte) (n % 4 == 0 ? 1 : 0);
    String caption =
        n % 11 == 10
            ? ""
            : "%s <b>number</b> %d & \"more\""
                .formatted(TinyModel.CAPTIONS.get(n % TinyModel.CAPTIONS.size()), n / 2);
    return new Example(
        file.getFileName().toString(), file, caption, n % 3, labels, "item " + n / 4, Split.TEST);
  }

  private static void draw(Path file, int n) {
    Random random = new Random(n);
    BufferedImage image = new BufferedImage(60, 90, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 6; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillRect(random.nextInt(40), random.nextInt(60), 30, 40);
    }
    graphics.dispose();
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Evaluation evaluation() {
    return model().evaluation();
  }

  EvaluatedModel model() {
    Task task =
        new Task(
            "test",
            SCHEME,
            List.of(),
            List.of(),
            0,
            new Task.Training(
                true,
                LabelCounts.of(SCHEME, examples),
                Set.of("item 1"),
                SpokenWords.of(SCHEME, examples)),
            Optional.empty(),
            50);
    Prompts prompts =
        new Embedder(checkpoint, 16, Config.DEFAULT.data())
            .prompts(SCHEME, List.of("a photo of a {}", "{}"));
    return Scoring.of(task, table, Optional.of(prompts), PROVENANCE);
  }

  Subject subject(Evaluation evaluation) {
    return new Subject(
        "a <model>",
        evaluation,
        table,
        Optional.of(curves("a <model>", 1)),
        Optional.of(checkpoint),
        1,
        LimitsConfig.DEFAULT);
  }

  /** Two stages of learning, different for each seed. */
  static RunCurves curves(String run, long seed) {
    try {
      RunFolder folder = new RunFolder(Files.createTempDirectory("curves").resolve(run));
      write(new Random(seed), folder.contrastive());
      write(new Random(seed + 100), folder.finetune());
      return RunCurves.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Random random, Path stage) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int step = 1; step <= 60; step++) {
      double loss = 4 - step / 30.0 + random.nextDouble() / 4;
      lines.add(
          "{\"step\":%d,\"loss\":%s,\"lr\":%s,\"grad_norm\":%s,\"examples\":64,\"time\":{\"seconds\":0.2}}"
              .formatted(step, loss, 1e-3 / step, 1 + random.nextDouble()));
      if (step % 20 == 0) {
        lines.add(
            "{\"step\":%d,\"validation\":{\"loss\":%s,\"category.top1\":%s,\"image_to_text.recall@10\":%s}}"
                .formatted(step, loss + 0.1, step / 100.0, step / 80.0));
      }
    }
    Files.createDirectories(stage);
    Files.write(stage.resolve("metrics.jsonl"), lines);
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
