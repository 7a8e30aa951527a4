package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.EvaluationJson;
import org.visionfashion.eval.Evaluator;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.protocol.ProtocolEvaluation;
import org.visionfashion.eval.protocol.ProtocolResult;
import org.visionfashion.eval.protocol.ProtocolTable;
import org.visionfashion.report.ProtocolPage;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.pretrained.Models;

/**
 * Judges models by the same ground truth and writes the scores and their page.
 *
 * @param models at least one, by the names to show; the others are compared with the first
 * @param config where the data are, and what is asked
 * @param part whose captions and labels ask; empty as in {@link Evaluate}
 * @param output folder for the report
 */
record EvaluateProtocol(Map<String, Path> models, Config config, Optional<Part> part, Path output) {

  private static final Logger LOG = LoggerFactory.getLogger(EvaluateProtocol.class);

  Evaluate.Result run(Dataset dataset) {
    ProtocolEvaluation evaluation = null;
    EvaluationFiles files = null;
    try (WorkProgress.Series progress = new WorkProgress.Series()) {
      for (Map.Entry<String, Path> model : models.entrySet()) {
        LOG.info("Judging {}", model.getKey());
        try (Checkpoint checkpoint =
            Models.open(
                model.getValue(),
                Machine.devices(config.run().devices()).get(0),
                config.model().init().activation())) {
          if (evaluation == null) {
            boolean own = Evaluator.isOwn(checkpoint, dataset);
            Part asking = part.orElseGet(() -> Evaluate.usual(dataset, own));
            evaluation = new ProtocolEvaluation(dataset, asking, config, progress);
            files =
                (own
                        ? EvaluationFiles.of(output, asking)
                        : EvaluationFiles.ofOtherData(output, dataset.name(), asking))
                    .ofProtocol();
          }
          evaluation.judge(model.getKey(), model.getValue(), checkpoint);
        }
      }
      ProtocolResult result = evaluation.result();
      Files.createDirectories(files.folder());
      EvaluationJson.write(result, files.json());
      ProtocolPage.write(result, files);
      String table = String.join(System.lineSeparator(), ProtocolTable.lines(result));
      return new Evaluate.Result(table, files.page());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
