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
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Comparison;
import org.visionfashion.eval.ComparisonTable;
import org.visionfashion.eval.EvaluatedModel;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.EvaluationJson;
import org.visionfashion.eval.Part;
import org.visionfashion.report.ComparisonPage;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.SameExperiment;
import org.visionfashion.weights.checkpoint.ModelFolder;

/**
 * Sets runs side by side; those whose present weights are not evaluated yet are evaluated first.
 *
 * @param part of the data set
 * @param runs existing; the first is what the others are compared with
 * @param output folder for the comparison as JSON and page, empty = none
 */
record Compare(Part part, List<RunFolder> runs, Optional<Path> output) {

  private static final Logger LOG = LoggerFactory.getLogger(Compare.class);

  /** The comparison as lines for the console; the last one names the page. */
  List<String> run() {
    try {
      List<String> experiments =
          SameExperiment.apartFromSeed(runs.stream().map(RunFolder::readConfig).toList());
      List<Comparison.Run> evaluated = new ArrayList<>();
      for (RunFolder run : runs) {
        evaluated.add(evaluated(run, experiments.get(evaluated.size())));
      }
      Comparison comparison = Comparison.of(part.label(), evaluated);
      List<String> lines = new ArrayList<>(ComparisonTable.lines(comparison));
      if (output.isPresent()) {
        lines.add("Report: " + write(comparison, output.get()));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Comparison.Run evaluated(RunFolder run, String experiment) throws IOException {
    Path model = EvalCommand.model(run);
    Config config = run.readConfig();
    EvaluationFiles files = EvaluationFiles.of(run.eval(), part);
    String weights = ModelFolder.open(model).identity();
    Optional<EvaluatedModel> evaluated = EvaluatedModel.read(files, weights);
    if (evaluated.isEmpty()) {
      LOG.info(
          "Run {}: evaluating its present weights on {}", run.name(), Part.words(part.label()));
      Machine.start(config.run().threads());
      new Evaluate(model, config, Optional.of(part), run.eval(), false)
          .run(PrepareData.load(config));
      evaluated = EvaluatedModel.read(files, weights);
    }
    return new Comparison.Run(
        run.name(),
        experiment,
        evaluated.orElseThrow(
            () ->
                new UserError(
                    "run %s cannot be compared: %s is not the data set that it was trained on"
                        .formatted(run.name(), config.data().root()))));
  }

  private Path write(Comparison comparison, Path folder) throws IOException {
    String name = part.label() + ".comparison";
    List<RunCurves> curves = new ArrayList<>();
    for (RunFolder run : runs) {
      curves.add(RunCurves.read(run));
    }
    EvaluationJson.write(comparison, folder.resolve(name + ".json"));
    ComparisonPage.write(comparison, curves, folder);
    return folder.resolve(name + ".html");
  }
}
