package org.visionfashion.cli;

import java.nio.file.Path;
import org.visionfashion.config.Config;
import org.visionfashion.data.Split;

/**
 * What to evaluate.
 *
 * @param split the part of the data set
 * @param model a checkpoint folder, existing
 * @param config where the data are and how to read them; the architecture is the model's own
 * @param output folder for the report
 * @param robustness whether spoilt pictures are judged too
 */
record Evaluation(Split split, Path model, Config config, Path output, boolean robustness) {

  /** Of the pictures as they are. */
  Evaluation(Split split, Path model, Config config, Path output) {
    this(split, model, config, output, false);
  }
}
