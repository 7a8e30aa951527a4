package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.demo.Attainable;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.AttainableRecall;
import org.visionfashion.eval.EvaluatedModel;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.EvaluationTable;
import org.visionfashion.eval.Evaluator;
import org.visionfashion.eval.Part;
import org.visionfashion.report.ModelCard;
import org.visionfashion.report.Report;
import org.visionfashion.report.Subject;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.pretrained.Models;

/**
 * Evaluates a model on a split and writes the scores and the report.
 *
 * @param model a checkpoint folder
 * @param config where the data are, how to read them, what to run on; the architecture is the
 *     model's own
 * @param part of the data set; empty = the test split, if the data name one or are the model's own,
 *     else all
 * @param output folder for the report
 * @param robustness whether degraded images are evaluated too
 */
record Evaluate(Path model, Config config, Optional<Part> part, Path output, boolean robustness) {

  private static final Logger LOG = LoggerFactory.getLogger(Evaluate.class);

  /**
   * What came of it.
   *
   * @param table for the console
   * @param report the page
   */
  record Result(String table, Path report) {}

  /**
   * Whether the run's evaluation of a part is there and of the weights that the run has now.
   *
   * @return empty where there is no evaluation at all
   */
  static Optional<Boolean> isCurrent(RunFolder run, Part part) {
    EvaluationFiles files = EvaluationFiles.of(run.eval(), part);
    if (!Files.exists(files.json())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ModelFolder.exists(run.model())
              && EvaluatedModel.isCurrent(files, ModelFolder.open(run.model()).identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(files.json() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Other data than the model's own get files of their own, and leave its card as it is. */
  Result run(Dataset dataset) {
    try (Checkpoint checkpoint =
            Models.open(
                model,
                Machine.devices(config.run().devices()).get(0),
                config.model().init().activation());
        WorkProgress.Series progress = new WorkProgress.Series()) {
      Evaluator evaluator = new Evaluator(model, checkpoint, dataset, config, progress);
      boolean own = evaluator.isOwn();
      Part judged = part.orElseGet(() -> usual(dataset, own));
      Evaluator.Result result =
          evaluator.evaluate(judged, examples -> attainable(dataset, examples), robustness);
      EvaluationFiles files =
          own
              ? EvaluationFiles.of(output, judged)
              : EvaluationFiles.ofOtherData(output, dataset.name(), judged);
      result.model().write(files);
      Evaluation evaluation = result.model().evaluation();
      Report.write(subject(result, checkpoint), files);
      if (own && judged == Part.TEST) {
        renewCard(evaluation);
      }
      List<String> lines = EvaluationTable.lines(evaluation);
      return new Result(String.join(System.lineSeparator(), lines), files.page());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What is evaluated where nobody says it; the reason is logged. */
  static Part usual(Dataset dataset, boolean own) {
    boolean test = dataset.has(Split.TEST);
    if (own) {
      LOG.info("--split: test, as the model was trained on other splits of these data");
      return Part.TEST;
    }
    if (dataset.splitsGiven() && test) {
      LOG.info("--split: test, as the data name that split; --split all evaluates every picture");
      return Part.TEST;
    }
    LOG.info("--split: all, as the data name no test split and the model was not trained on them");
    return Part.ALL;
  }

  /** The best retrieval among these pictures, where the data set says what captions mention. */
  private static Optional<AttainableRecall> attainable(Dataset dataset, List<Example> examples) {
    List<String> files = examples.stream().filter(Example::hasCaption).map(Example::id).toList();
    return Attainable.read(dataset.root())
        .map(attainable -> attainable.recall(files))
        .filter(recalls -> recalls.pictures() == files.size())
        .map(
            recalls ->
                new AttainableRecall(recall(recalls.imageToText()), recall(recalls.textToImage())));
  }

  private static AttainableRecall.Recall recall(Attainable.Recall recall) {
    return new AttainableRecall.Recall(recall.at1(), recall.at5(), recall.at10());
  }

  private Subject subject(Evaluator.Result result, Checkpoint checkpoint) throws IOException {
    Optional<RunFolder> run = run();
    return new Subject(
        name(),
        result.model().evaluation(),
        result.table(),
        run.isPresent() ? Optional.of(RunCurves.read(run.get())) : Optional.empty(),
        Optional.of(checkpoint),
        config.run().seed(),
        config.data().limits());
  }

  /** The run that the model belongs to. */
  private Optional<RunFolder> run() {
    RunFolder run = new RunFolder(model.toAbsolutePath().normalize().getParent());
    return Optional.of(run).filter(RunFolder::exists);
  }

  /** Of the run, else of the model's folder. */
  String name() {
    return run().map(RunFolder::name).orElse(model.getFileName().toString());
  }

  /** A model's card shows the latest scores; a folder without a card is left as it is. */
  private void renewCard(Evaluation evaluation) throws IOException {
    Path card = model.resolve(ModelFolder.CARD);
    if (Files.isWritable(card)) {
      AtomicFiles.write(card, ModelCard.withScores(Files.readString(card), name(), evaluation));
    }
  }
}
