package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Comparison;
import org.visionfashion.eval.ComparisonTable;
import org.visionfashion.eval.EvaluatedModel;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.EvaluationJson;
import org.visionfashion.report.ComparisonPage;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.SameExperiment;
import org.visionfashion.weights.checkpoint.ModelFolder;

/** Sets evaluated runs side by side; those that are not evaluated yet are evaluated first. */
final class ComparisonWork {

  private static final Logger LOG = LoggerFactory.getLogger(ComparisonWork.class);

  private final EvaluationWork evaluation;

  ComparisonWork(EvaluationWork evaluation) {
    this.evaluation = evaluation;
  }

  /** The comparison as a table for the console. */
  String compare(ComparisonRequest request) {
    try {
      List<Comparison.Run> runs =
          request.runs().stream().map(run -> evaluated(run, request.split())).toList();
      Comparison comparison = Comparison.of(request.split().label(), runs);
      List<String> lines = new ArrayList<>(ComparisonTable.lines(comparison));
      if (request.output().isPresent()) {
        lines.add("Report: " + write(comparison, request.runs(), request.output().get()));
      }
      return String.join(System.lineSeparator(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Path write(Comparison comparison, List<RunFolder> runs, Path folder)
      throws IOException {
    String name = comparison.split() + ".comparison";
    EvaluationJson.write(comparison, folder.resolve(name + ".json"));
    ComparisonPage.write(comparison, curves(runs), folder);
    return folder.resolve(name + ".html");
  }

  private static List<RunCurves> curves(List<RunFolder> runs) throws IOException {
    List<RunCurves> curves = new ArrayList<>();
    for (RunFolder run : runs) {
      curves.add(RunCurves.read(run));
    }
    return curves;
  }

  private Comparison.Run evaluated(RunFolder run, Split split) {
    if (!ModelFolder.exists(run.model())) {
      throw new UserError(
          "run " + run.name() + " has no model yet: ./train all --run " + run.name());
    }
    EvaluationFiles files = EvaluationFiles.of(run.eval(), split);
    Config config = run.readConfig();
    try {
      String weights = ModelFolder.open(run.model()).identity();
      Optional<EvaluatedModel> model = EvaluatedModel.read(files, weights);
      if (model.isEmpty()) {
        evaluate(run, config, split);
        model = EvaluatedModel.read(files, weights);
      }
      return new Comparison.Run(
          run.name(), SameExperiment.apartFromSeed(config), model.orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(files.json() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void evaluate(RunFolder run, Config config, Split split) {
    LOG.info(
        "Evaluating run {}: its weights have not been evaluated on the {} split",
        run.name(),
        split.label());
    DemoData.drawIfMissing(config.data());
    evaluation.evaluate(
        new org.visionfashion.cli.Evaluation(split, run.model(), config, run.eval()));
  }
}
