package org.visionfashion.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.visionfashion.config.SaveConfig.OnFailure;

/**
 * {@code metrics.jsonl}: a line a step, which has {@code lr}, and a line an epoch; a start that was
 * scored is epoch 0. All that depends on the clock is under {@code time}; the rest is a function of
 * configuration, seed and data.
 */
public final class RunLog implements Observer, AutoCloseable {

  /** Its name in a stage's folder. */
  static final String FILE = "metrics.jsonl";

  private static final JsonMapper JSON = new JsonMapper();

  private final LineFile file;

  /**
   * Opens the log; what an interrupted run wrote after its last save is cut off, since it will be
   * written again.
   */
  static RunLog open(Path file, Progress from, OnFailure onFailure) throws IOException {
    return new RunLog(LineFile.open(file, line -> isBefore(line, from), onFailure));
  }

  private RunLog(LineFile file) {
    this.file = file;
  }

  private static boolean isBefore(String line, Progress from) {
    try {
      JsonNode node = JSON.readTree(line);
      return node.has("lr")
          ? node.path("step").asLong() <= from.step()
          : node.path("epoch").asInt() <= from.epoch()
              && (from.step() > 0 || from.best().isKnown());
    } catch (IOException e) {
      return false; // the line that was being written when the run was killed
    }
  }

  @Override
  public void start(Place place, Validation validation) {
    ObjectNode line = line(place).put("best", true);
    put(validation, line.putObject("validation"));
    write(line);
  }

  @Override
  public void step(Step step) {
    ObjectNode line = line(step.place()).put("loss", step.loss());
    line.put("lr", step.rate());
    line.put("grad_norm", step.gradientNorm());
    if (step.lossScale().dynamic()) {
      line.put("loss_scale", step.lossScale().factor());
      line.put("skipped_steps", step.lossScale().skippedSteps());
    }
    if (step.skipped()) {
      line.put("skipped", true);
    }
    line.put("examples", step.timing().examples());
    ObjectNode time = line.putObject("time");
    time.put("seconds", step.timing().seconds());
    time.put("pairs_per_s", step.timing().rate());
    time.put("data_wait", step.timing().waitedShare());
    write(line);
  }

  @Override
  public void epoch(Epoch epoch) {
    ObjectNode line = line(epoch.place()).put("loss", epoch.loss());
    line.put("best", epoch.best());
    epoch.validation().ifPresent(each -> put(each, line.putObject("validation")));
    ObjectNode time = line.putObject("time");
    time.put("seconds", epoch.seconds());
    time.put("pairs_per_s", epoch.rate());
    write(line);
  }

  private static ObjectNode line(Place place) {
    ObjectNode line = JSON.createObjectNode();
    line.put("stage", place.stage());
    line.put("epoch", place.epoch());
    return line.put("step", place.step());
  }

  private static void put(Validation validation, ObjectNode json) {
    json.put("loss", validation.loss());
    json.put("score", validation.score());
    validation.values().forEach(json::put);
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
