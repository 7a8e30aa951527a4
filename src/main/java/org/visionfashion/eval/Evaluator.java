package org.visionfashion.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Version;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.check.Leakage;
import org.visionfashion.data.image.Perturbation;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.pretrained.Models;

/** Evaluates a checkpoint on a split of a data set: from pictures and captions to scores. */
public final class Evaluator {

  private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);

  private final Path folder;
  private final Checkpoint checkpoint;
  private final Dataset dataset;
  private final Config config;
  private final Function<String, Progress> progress;
  private final boolean own;

  /**
   * What came of it.
   *
   * @param model the scores
   * @param table what the model says of each picture
   */
  public record Result(EvaluatedModel model, EmbeddingTable table) {}

  /**
   * Prepares an evaluation.
   *
   * @param folder that the checkpoint was opened from
   * @param checkpoint on the device that is to compute; stays open
   * @param config how to read pictures, and what to measure
   * @param progress told the name of each piece of work, then how far it is
   * @throws UserError where the model's labels are not those of the data: scores mean something
   *     only where outputs and labels have the same names
   */
  public Evaluator(
      Path folder,
      Checkpoint checkpoint,
      Dataset dataset,
      Config config,
      Function<String, Progress> progress) {
    this.folder = folder;
    this.checkpoint = checkpoint;
    this.dataset = dataset;
    this.config = config;
    this.progress = progress;
    this.own = isOwn(checkpoint, dataset);
    checkpoint.description().labels().ifPresent(this::requireSame);
  }

  private void requireSame(LabelScheme labels) {
    LabelScheme scheme = dataset.scheme();
    if (!labels.equals(scheme)) {
      throw new UserError(
          "%s was trained on labels %s (%d categories, %d attributes), %s has %s (%d, %d)"
              .formatted(
                  folder,
                  labels.name(),
                  labels.categories().size(),
                  labels.attributeCount(),
                  dataset.root(),
                  scheme.name(),
                  scheme.categories().size(),
                  scheme.attributeCount()));
    }
  }

  /** Whether these are the data that the model was trained on, as far as its folder says. */
  public boolean isOwn() {
    return own;
  }

  /** Whether a checkpoint was trained on these data, as far as its folder says. */
  public static boolean isOwn(Checkpoint checkpoint, Dataset dataset) {
    String trainedOn = checkpoint.description().provenance().getOrDefault("data", "");
    return trainedOn.endsWith(dataset.fingerprint());
  }

  /**
   * Embeds a part of the data and computes its scores.
   *
   * @param attainable the best possible retrieval of some examples, where the data set says so
   * @param degraded whether degraded versions of the pictures are evaluated too
   * @throws UserError where the part is empty, or more pictures are unreadable than allowed
   * @throws IllegalStateException where no picture can be read
   */
  public Result evaluate(
      Part part, Function<List<Example>, Optional<AttainableRecall>> attainable, boolean degraded)
      throws IOException {
    List<Example> examples = part.of(dataset);
    if (examples.isEmpty()) {
      throw new UserError(
          dataset.root()
              + (part == Part.ALL
                  ? ": there are no examples"
                  : ": the %s split is empty; --split all evaluates every example"
                      .formatted(part.label())));
    }
    LOG.info("Evaluating {}", Count.of(examples.size(), "picture"));
    Embedder embedder = Embedder.ofTrained(checkpoint, config);
    EmbeddingTable table = embedder.table(examples, progress.apply("embedding"));
    List<String> skipped = skipped(examples, table);
    Task task = task(part, table.examples(), skipped, attainable.apply(table.examples()));
    LOG.info("Computing metrics");
    List<String> templates = config.eval().zeroShot().prompts();
    Optional<Prompts> prompts =
        Optional.of(templates)
            .filter(each -> !each.isEmpty())
            .map(each -> embedder.prompts(dataset.scheme(), each));
    Provenance provenance = provenance(folder, checkpoint, dataset);
    EvaluatedModel clean = Scoring.of(task, table, prompts, provenance);
    if (!degraded) {
      return new Result(clean, table);
    }
    List<DegradedScores> robustness = new ArrayList<>();
    for (Perturbation perturbation : Perturbation.values()) {
      LOG.info("Evaluating degraded pictures: {}", perturbation.label());
      EmbeddingTable other =
          embedder.degraded(table, perturbation, progress.apply(perturbation.label()));
      robustness.add(
          DegradedScores.of(
              perturbation.label(), clean, Scoring.of(task, other, prompts, provenance)));
    }
    Evaluation whole = clean.evaluation().withRobustness(robustness);
    return new Result(new EvaluatedModel(whole, clean.resamples()), table);
  }

  private static List<String> skipped(List<Example> examples, EmbeddingTable table) {
    Set<String> judged = table.examples().stream().map(Example::id).collect(Collectors.toSet());
    return examples.stream()
        .filter(example -> !judged.contains(example.id()))
        .map(example -> example.picture().name())
        .toList();
  }

  private Task task(
      Part part,
      List<Example> judged,
      List<String> skipped,
      Optional<AttainableRecall> attainable) {
    int cut =
        judged.stream().mapToInt(example -> checkpoint.tokenizer().cut(example.captions())).sum();
    return new Task(
        part.label(),
        dataset.scheme(),
        skipped,
        dataset.skipped().stream().map(Problem::toString).toList(),
        cut,
        own
            ? Task.Training.of(
                dataset.scheme(), dataset.split(Split.TRAIN), judged, leakage(judged))
            : Task.Training.unknown(dataset.scheme(), dataset.examples()),
        attainable,
        config.eval().bootstrap());
  }

  /** Copies of what is judged, training pictures apart, among the training pictures. */
  private Leakage leakage(List<Example> judged) {
    List<Example> unseen =
        judged.stream().filter(example -> example.split() != Split.TRAIN).toList();
    int most = config.eval().leakage();
    if (unseen.isEmpty() || most == 0) {
      return Leakage.NONE;
    }
    LOG.info("Looking for copies among the training pictures");
    return Leakage.of(
        unseen,
        dataset.split(Split.TRAIN),
        most,
        PixelSource.files(config.data().limits()),
        config.data().workers(),
        progress.apply("comparing"));
  }

  /** What numbers of this checkpoint on these data come from, measured here and now. */
  public static Provenance provenance(Path folder, Checkpoint checkpoint, Dataset dataset)
      throws IOException {
    Path run = folder.resolveSibling("config.yaml");
    MatrixType type = checkpoint.model().encodingType();
    return new Provenance(
        new Provenance.Model(
            folder.toString(), Files.exists(run) ? run.toString() : null, Models.identity(folder)),
        new Provenance.Data(dataset.name(), dataset.fingerprint()),
        new Provenance.Measurement(
            Version.program(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            System.getProperty("java.version"),
            Machine.engine(),
            Machine.describe(checkpoint.model().device())
                + (type == MatrixType.FP32 ? "" : ", matrix products in " + type.label())));
  }
}
