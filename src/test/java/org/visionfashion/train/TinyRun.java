package org.visionfashion.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.visionfashion.config.Config;
import org.visionfashion.config.FinetuneConfig.Encoders;
import org.visionfashion.config.InitConfig;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.Precision;
import org.visionfashion.config.RunConfig;
import org.visionfashion.config.SaveConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.checkpoint.TinyModel;

/** An experiment of a second: 14 + 5 small pictures, 3 epochs of 3 steps, dropout on. */
final class TinyRun {

  static final int TRAIN = 14;
  static final int VALIDATION = 5;
  static final int BATCH = 4;
  static final int EPOCHS = 3;

  /** Steps of an epoch of stage one: only full batches count. */
  static final int STEPS = TRAIN / BATCH;

  private static final String[] SMALL =
      Stream.concat(
              Stream.of(
                  "run.name=tiny",
                  "run.threads=1",
                  "data.prefetch=2",
                  "model.image_size=[16, 8]",
                  "model.embedding_size=6",
                  "model.image.patch_size=4",
                  "model.image.hidden_size=8",
                  "model.image.layers=1",
                  "model.image.heads=2",
                  "model.image.intermediate_size=16",
                  "model.image.dropout=0.2",
                  "model.text.vocab_size=100",
                  "model.text.max_tokens=10",
                  "model.text.hidden_size=12",
                  "model.text.layers=1",
                  "model.text.intermediate_size=16",
                  "model.text.dropout=0.2",
                  "model.text.pooling=pooler",
                  "eval.batch=8",
                  "eval.bootstrap=0",
                  "eval.zero_shot.prompts=['a {}']",
                  "save.every_minutes=0"),
              Stream.of("contrastive.", "finetune.")
                  .flatMap(
                      stage ->
                          Stream.of(
                                  "batch=" + BATCH,
                                  "warmup=0.2",
                                  "plateau_factor=0.5",
                                  "plateau_patience=1",
                                  "augment.min_scale=0.6",
                                  "augment.min_ratio=0.8",
                                  "augment.brightness=0.2",
                                  "augment.contrast=0.2",
                                  "augment.saturation=0.2",
                                  "augment.hue=0.1")
                              .map(key -> stage + key)))
          .toArray(String[]::new);

  int epochs = EPOCHS;
  int workers = 1;
  int saveEvery;
  int keep = 2;
  SaveConfig.OnFailure onFailure = SaveConfig.OnFailure.STOP;
  int maxSkipped;
  double maxBroken;
  int patience;
  boolean groupLengths;
  List<String> devices = List.of(RunConfig.AUTO);
  Precision precision = Precision.FP32;
  MicroBatch microBatch = MicroBatch.WHOLE;
  Encoders encoders = Encoders.FROZEN;
  double contrastiveWeight = 1;
  ObjectiveConfig objective = ObjectiveConfig.INFONCE;
  int batch = BATCH;
  double dropout = 0.2;
  double learningRate = 1e-2;
  long seed = 1;
  InitConfig init = InitConfig.NONE;
  List<String> sets = List.of();
  LabelScheme scheme = TinyModel.SCHEME;
  List<Example> examples;

  private final Path pictures;

  /** Draws the pictures. */
  TinyRun(Path folder) {
    pictures = folder.resolve("pictures");
    examples = new ArrayList<>();
    for (int i = 0; i < TRAIN + VALIDATION; i++) {
      String caption = TinyModel.CAPTIONS.get(i % 4) + " " + (i % 7);
      byte[] labels = new byte[TinyModel.SCHEME.attributeCount()];
      for (int a = 0; a < labels.length; a++) {
        labels[a] = (byte) ((i + a) % 3 - 1);
      }
      examples.add(example(i, caption, i % 3, labels, i < TRAIN ? Split.TRAIN : Split.VALIDATION));
    }
    draw();
  }

  static Example example(
      Path pictures, int i, String caption, int category, byte[] labels, Split split) {
    String id = "%02d.png".formatted(i);
    return new Example(id, pictures.resolve(id), caption, category, labels, id, split);
  }

  Example example(int i, String caption, int category, byte[] labels, Split split) {
    return example(pictures, i, caption, category, labels, split);
  }

  private void draw() {
    try {
      Files.createDirectories(pictures);
      for (Example example : examples) {
        Random random = new Random(example.id().hashCode());
        BufferedImage image = new BufferedImage(12, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) {
          for (int x = 0; x < 12; x++) {
            image.setRGB(x, y, random.nextInt(1 << 24));
          }
        }
        ImageIO.write(image, "png", example.picture().file().toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Config config() {
    Config config =
        Config.DEFAULT
            .with(SMALL)
            .with(
                "run.seed=" + seed,
                "run.precision=" + label(precision),
                "run.devices=" + devices,
                "run.max_skipped=" + maxSkipped,
                "data.root=" + pictures,
                "data.workers=" + workers,
                "data.max_broken=" + maxBroken,
                "data.group_lengths=" + groupLengths,
                "finetune.encoders=" + label(encoders),
                "finetune.contrastive_weight=" + contrastiveWeight,
                "save.every_steps=" + saveEvery,
                "save.keep=" + keep,
                "save.on_failure=" + label(onFailure));
    for (String stage : List.of("contrastive.", "finetune.")) {
      config =
          config.with(
              stage + "epochs=" + epochs,
              stage + "batch=" + batch,
              stage + "micro_batch=" + microBatch,
              stage + "patience=" + patience,
              stage + "lr=" + learningRate);
    }
    for (var part : Map.of("contrastive.", objective, "model.", init).entrySet()) {
      config = config.with(part.getKey(), part.getValue());
    }
    return config.with(sets.toArray(String[]::new));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  TrainingRun in(Path folder, BooleanSupplier interrupted, Observer... observers) {
    Dataset dataset = new Dataset("tiny", pictures, scheme, examples, List.of());
    return new TrainingRun(
        config(),
        new RunFolder(folder),
        dataset,
        Path::of,
        interrupted,
        List.of(observers),
        model -> "# model of " + model.provenance().get("stage"));
  }

  static Optional<Validation> validation(double loss, double score) {
    return Optional.of(new Validation(loss, score, Map.of(), false));
  }

  TrainingLoop.End contrastive(Path folder) {
    return train(in(folder, () -> false), "contrastive");
  }

  TrainingLoop.End finetune(Path folder) {
    return train(in(folder, () -> false), "finetune");
  }

  static TrainingLoop.End train(TrainingRun run, String stage) {
    try {
      return stage.equals("contrastive")
          ? new ContrastiveStage(run).train()
          : new FinetuneStage(run).train();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of a stage's log without what depends on the clock. */
  static List<String> metrics(Path folder, String stage) throws IOException {
    JsonMapper json = new JsonMapper();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(stage).resolve("metrics.jsonl"))) {
      ObjectNode node = (ObjectNode) json.readTree(line);
      if (node.remove("time") == null && node.get("epoch").asInt() > 0) {
        throw new AssertionError("no time in " + line);
      }
      lines.add(node.toString());
    }
    return lines;
  }

  /** A stage's states, newest first. */
  static List<Path> states(Path folder, String stage) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(stage))) {
      return files
          .filter(file -> file.getFileName().toString().matches("state-\\d+\\.safetensors"))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
