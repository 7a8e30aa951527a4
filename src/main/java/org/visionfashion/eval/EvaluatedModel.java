package org.visionfashion.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.visionfashion.base.UserError;

/**
 * An evaluation with the draws behind its intervals: all that a comparison with another model
 * needs.
 *
 * @param evaluation the scores
 * @param resamples their values under resampling
 */
public record EvaluatedModel(Evaluation evaluation, Resamples resamples) {

  /** Writes both files, each whole or not at all. */
  public void write(EvaluationFiles files) throws IOException {
    Files.createDirectories(files.folder());
    resamples.write(files.resamples());
    EvaluationJson.write(evaluation, files.json());
  }

  /**
   * Reads both files back.
   *
   * @param weights identity of the model that is asked for
   * @return empty where it has not been evaluated: files are missing, cut off, of an earlier
   *     version, or of other weights
   */
  public static Optional<EvaluatedModel> read(EvaluationFiles files, String weights)
      throws IOException {
    if (!isCurrent(files, weights) || !Files.exists(files.resamples())) {
      return Optional.empty();
    }
    try {
      EvaluatedModel read =
          new EvaluatedModel(EvaluationJson.read(files.json()), Resamples.read(files.resamples()));
      return Optional.of(read)
          .filter(each -> !each.evaluation.sections().isEmpty())
          .filter(each -> each.resamples.fit(each.evaluation));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /** Whether the evaluation that lies there is of these weights; reads no more than its file. */
  public static boolean isCurrent(EvaluationFiles files, String weights) throws IOException {
    return EvaluationJson.provenance(files.json())
        .filter(provenance -> weights.equals(provenance.model().weights()))
        .isPresent();
  }
}
