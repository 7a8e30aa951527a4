package org.visionfashion.report;

import java.util.Optional;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * What a report is about.
 *
 * @param model name of the run, or of the model's folder
 * @param evaluation the numbers
 * @param table the model's answers for each example of the split
 * @param curves of the run; empty where the model came without one
 * @param checkpoint the model, for its attention maps; may be empty
 * @param seed of all random choices
 * @param limits on the pictures' files
 */
public record Subject(
    String model,
    Evaluation evaluation,
    EmbeddingTable table,
    Optional<RunCurves> curves,
    Optional<Checkpoint> checkpoint,
    long seed,
    LimitsConfig limits) {}
