package org.visionfashion.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.visionfashion.config.SaveConfig.OnFailure;

/**
 * {@code metrics.jsonl}: a line a step, a line an epoch. All that depends on the clock stands under
 * {@code time}; the rest is a function of configuration, seed and data.
 */
public final class RunLog implements Observer, AutoCloseable {

  /** Its name in a stage's folder. */
  static final String FILE = "metrics.jsonl";

  private static final JsonMapper JSON = new JsonMapper();

  private final LineFile file;

  /**
   * Opens the log; what an interrupted run wrote behind its last save is cut off, for it will be
   * written again.
   */
  static RunLog open(Path file, Position from, OnFailure onFailure) throws IOException {
    return new RunLog(LineFile.open(file, line -> isBefore(line, from), onFailure));
  }

  private RunLog(LineFile file) {
    this.file = file;
  }

  private static boolean isBefore(String line, Position from) {
    try {
      JsonNode node = JSON.readTree(line);
      return node.has("validation")
          ? node.path("epoch").asInt() <= from.epoch()
          : node.path("step").asLong() <= from.step();
    } catch (IOException e) {
      return false; // the line that was being written when the run was killed
    }
  }

  @Override
  public void step(StepReport report) {
    ObjectNode line = JSON.createObjectNode();
    line.put("stage", report.stage());
    line.put("epoch", report.epoch());
    line.put("step", report.step());
    line.put("loss", report.loss());
    line.put("lr", report.rate());
    line.put("grad_norm", report.gradientNorm());
    if (report.lossScale().dynamic()) {
      line.put("loss_scale", report.lossScale().factor());
      line.put("skipped_steps", report.lossScale().skippedSteps());
    } else if (report.skipped()) {
      line.put("skipped", true);
    }
    line.put("examples", report.examples());
    ObjectNode time = line.putObject("time");
    time.put("seconds", report.seconds());
    time.put("pairs_per_s", report.examples() / report.seconds());
    time.put("data_wait", report.waited() / report.seconds());
    write(line);
  }

  @Override
  public void epoch(EpochReport report) {
    ObjectNode line = JSON.createObjectNode();
    line.put("stage", report.stage());
    line.put("epoch", report.epoch());
    line.put("step", report.step());
    line.put("loss", report.loss());
    line.put("best", report.best());
    ObjectNode validation = line.putObject("validation");
    validation.put("loss", report.validation().loss());
    validation.put("score", report.validation().score());
    report.validation().values().forEach(validation::put);
    ObjectNode time = line.putObject("time");
    time.put("seconds", report.seconds());
    time.put("pairs_per_s", report.examplesPerSecond());
    write(line);
  }

  private void write(ObjectNode line) {
    try {
      file.add(JSON.writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run log: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
