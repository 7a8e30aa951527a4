package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.EvaluationTable;
import org.visionfashion.eval.Evaluator;
import org.visionfashion.report.ModelCard;
import org.visionfashion.report.Report;
import org.visionfashion.report.Subject;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.weights.checkpoint.Checkpoint;

/** Embeds a split, judges it, writes the report. */
final class EvaluationWork {

  private final DataWork data;

  EvaluationWork(DataWork data) {
    this.data = data;
  }

  /** The report as a table for the console; JSON and page are written beside. */
  String evaluate(Evaluation request) {
    Machine.start();
    Dataset dataset = data.load(request.config());
    Bars bars = new Bars();
    try (Checkpoint checkpoint = Checkpoint.open(request.model(), Machine.bestDevice());
        bars) {
      Evaluator.Result result =
          new Evaluator(request.model(), checkpoint, dataset, request.config(), bars)
              .evaluate(
                  request.split(),
                  examples -> DemoData.attainable(dataset, examples),
                  request.robustness());
      return write(result, checkpoint, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** One bar after another. */
  private static final class Bars implements Function<String, Progress>, AutoCloseable {

    private WorkProgress current;

    @Override
    public Progress apply(String work) {
      close();
      current = new WorkProgress(work);
      return current;
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
      }
    }
  }

  private static String write(Evaluator.Result result, Checkpoint checkpoint, Evaluation request)
      throws IOException {
    EvaluationFiles files = EvaluationFiles.of(request.output(), request.split());
    org.visionfashion.eval.Evaluation evaluation = result.model().evaluation();
    result.model().write(files);
    Report.write(
        new Subject(
            name(request.model()),
            evaluation,
            result.table(),
            curves(request.model()),
            Optional.of(checkpoint),
            request.config().run().seed(),
            request.config().data().limits()),
        files);
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

  /** A model's card shows the latest scores; a folder without a card is left as it is. */
  private static void renewCard(Path model, org.visionfashion.eval.Evaluation evaluation)
      throws IOException {
    Path card = model.resolve("README.md");
    if (Files.isWritable(card)) {
      String text = ModelCard.withScores(Files.readString(card), name(model), evaluation);
      AtomicFiles.replaceFile(card, file -> Files.writeString(file, text));
    }
  }
}
