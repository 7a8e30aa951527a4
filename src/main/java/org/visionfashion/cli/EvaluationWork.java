package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Version;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.Perturbation;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.EvaluationJson;
import org.visionfashion.eval.EvaluationTable;
import org.visionfashion.eval.Evaluator;
import org.visionfashion.eval.LabelCounts;
import org.visionfashion.eval.PerturbedScores;
import org.visionfashion.eval.Prompts;
import org.visionfashion.eval.Provenance;
import org.visionfashion.eval.Robustness;
import org.visionfashion.eval.SpokenWords;
import org.visionfashion.eval.Task;
import org.visionfashion.report.ModelCard;
import org.visionfashion.report.Report;
import org.visionfashion.report.Subject;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.checkpoint.Checkpoint;

/** Embeds a split, judges it, writes the report. */
final class EvaluationWork {

  private static final Logger LOG = LoggerFactory.getLogger(EvaluationWork.class);

  private final DataWork data;

  EvaluationWork(DataWork data) {
    this.data = data;
  }

  /** The report as a table for the console; JSON and page are written beside. */
  String evaluate(Evaluation request) {
    Machine.start();
    Dataset dataset = data.load(request.config());
    List<Example> examples = dataset.split(request.split());
    if (examples.isEmpty()) {
      throw new UserError(dataset.root() + ": the " + request.split().label() + " split is empty");
    }
    try (Checkpoint checkpoint = Checkpoint.open(request.model(), Machine.bestDevice())) {
      requireSameLabels(checkpoint, dataset, request.model());
      LOG.info("Evaluating {}", Count.of(examples.size(), "picture"));
      Embedder embedder =
          new Embedder(checkpoint, request.config().eval().batch(), request.config().data());
      EmbeddingTable table = embedded(embedder, examples);
      LOG.info("Judging");
      org.visionfashion.eval.Evaluation evaluation = judge(embedder, table, dataset, request);
      return write(evaluation, table, checkpoint, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static EmbeddingTable embedded(Embedder embedder, List<Example> examples) {
    try (WorkProgress progress = new WorkProgress("embedding")) {
      return embedder.table(examples, progress);
    }
  }

  private static EmbeddingTable spoilt(
      Embedder embedder, EmbeddingTable table, Perturbation perturbation) {
    LOG.info("Spoiling the pictures: {}", perturbation.label());
    try (WorkProgress progress = new WorkProgress(perturbation.label())) {
      return embedder.spoilt(table, perturbation, progress);
    }
  }

  private org.visionfashion.eval.Evaluation judge(
      Embedder embedder, EmbeddingTable table, Dataset dataset, Evaluation request) {
    Config config = request.config();
    List<Example> training = dataset.split(Split.TRAIN);
    Task task =
        new Task(
            request.split().label(),
            dataset.scheme(),
            LabelCounts.of(dataset.scheme(), training),
            training.stream().map(Example::item).collect(Collectors.toSet()),
            SpokenWords.of(dataset.scheme(), training),
            DemoData.attainable(dataset, table.examples()),
            config.eval().bootstrap());
    List<String> templates = config.eval().zeroShot().prompts();
    Optional<Prompts> prompts =
        templates.isEmpty()
            ? Optional.empty()
            : Optional.of(embedder.prompts(dataset.scheme(), templates));
    Provenance provenance = provenance(request, dataset);
    org.visionfashion.eval.Evaluation clean = Evaluator.evaluate(task, table, prompts, provenance);
    if (!request.robustness()) {
      return clean;
    }
    List<PerturbedScores> robustness = new ArrayList<>();
    for (Perturbation perturbation : Perturbation.values()) {
      EmbeddingTable spoilt = spoilt(embedder, table, perturbation);
      robustness.add(
          Robustness.drops(
              perturbation.label(), clean, Evaluator.evaluate(task, spoilt, prompts, provenance)));
    }
    return clean.withRobustness(robustness);
  }

  /** Scores mean something only where the outputs are called what the labels are called. */
  private static void requireSameLabels(Checkpoint checkpoint, Dataset dataset, Path model) {
    LabelScheme scheme = dataset.scheme();
    checkpoint
        .description()
        .labels()
        .filter(labels -> !labels.equals(scheme))
        .ifPresent(
            labels -> {
              throw new UserError(
                  "%s was trained on labels %s (%d categories, %d attributes), %s has %s (%d, %d)"
                      .formatted(
                          model,
                          labels.name(),
                          labels.categories().size(),
                          labels.attributeCount(),
                          dataset.root(),
                          scheme.name(),
                          scheme.categories().size(),
                          scheme.attributeCount()));
            });
  }

  private static String write(
      org.visionfashion.eval.Evaluation evaluation,
      EmbeddingTable table,
      Checkpoint checkpoint,
      Evaluation request)
      throws IOException {
    Files.createDirectories(request.output());
    String split = request.split().label();
    EvaluationJson.write(evaluation, request.output().resolve(split + ".json"));
    evaluation.resamples().write(resamples(request.output(), request.split()));
    Report.write(
        new Subject(
            name(request.model()),
            evaluation,
            table,
            curves(request.model()),
            Optional.of(checkpoint),
            request.config().run().seed(),
            request.config().data().limits()),
        request.output());
    List<String> lines = EvaluationTable.lines(evaluation);
    if (request.split() == Split.TEST) {
      renewCard(request.model(), evaluation);
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** Of the run that the model belongs to, else of its folder. */
  private static String name(Path model) {
    RunFolder run = new RunFolder(model.toAbsolutePath().normalize().getParent());
    return run.exists() ? run.name() : model.getFileName().toString();
  }

  /** How the model was trained, where it lies in its run. */
  private static Optional<RunCurves> curves(Path model) throws IOException {
    RunFolder run = new RunFolder(model.toAbsolutePath().normalize().getParent());
    return run.exists() ? Optional.of(RunCurves.read(run)) : Optional.empty();
  }

  /** Where the draws behind the intervals lie, for comparisons. */
  static Path resamples(Path folder, Split split) {
    return folder.resolve(split.label() + ".resamples.safetensors");
  }

  /** A model's card shows the latest scores; a folder without a card is left as it is. */
  private static void renewCard(Path model, org.visionfashion.eval.Evaluation evaluation)
      throws IOException {
    Path card = model.resolve("README.md");
    if (Files.isWritable(card)) {
      String text = ModelCard.withScores(Files.readString(card), name(model), evaluation);
      AtomicFiles.replaceFile(card, file -> Files.writeString(file, text));
    }
  }

  private static Provenance provenance(Evaluation request, Dataset dataset) {
    Path config = request.model().resolveSibling("config.yaml");
    return new Provenance(
        Version.program(),
        Files.exists(config) ? config.toString() : null,
        request.model().toString(),
        dataset.name() + ", " + dataset.fingerprint(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("java.version"),
        Machine.engine(),
        Machine.describe(Machine.bestDevice()));
  }
}
