package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.visionfashion.bench.Preset;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.Precision;

/**
 * What to measure.
 *
 * @param batch pairs a step
 * @param microBatch pairs that are encoded at once
 * @param steps measurements
 * @param devices as {@code run.devices}; what is not a step is measured on the first
 * @param pairs to rank
 * @param json where the figures are written too
 */
record BenchRequest(
    What what,
    Preset preset,
    int batch,
    MicroBatch microBatch,
    int steps,
    Precision precision,
    List<String> devices,
    int pairs,
    Optional<Path> json) {

  enum What {
    STEP,
    OPTIMIZER,
    LOAD,
    LOADER,
    SAVE,
    RETRIEVAL,
    GEMM
  }
}
