package org.visionfashion.report;

import java.util.Optional;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * What a report is about.
 *
 * @param model name of the run, or of the model's folder
 * @param evaluation the numbers
 * @param table what the model said of each example of the split
 * @param curves of the run; empty where the model came without one
 * @param checkpoint the model, to see where it looks; may be empty
 * @param seed of all random choices
 */
public record Subject(
    String model,
    Evaluation evaluation,
    EmbeddingTable table,
    Optional<RunCurves> curves,
    Optional<Checkpoint> checkpoint,
    long seed) {}
