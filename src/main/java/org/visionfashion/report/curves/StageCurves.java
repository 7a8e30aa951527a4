package org.visionfashion.report.curves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code metrics.jsonl} says of one stage.
 *
 * @param steps a line an optimizer step
 * @param epochs a line an epoch
 */
public record StageCurves(List<Step> steps, List<Epoch> epochs) {

  private static final JsonMapper JSON = new JsonMapper();

  public StageCurves {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  /**
   * One optimizer step.
   *
   * @param number from 1, over the stage
   * @param loss before the update
   * @param rate learning rate
   * @param gradientNorm before clipping
   * @param examples of the batch
   * @param seconds it took
   */
  public record Step(
      long number, double loss, double rate, double gradientNorm, int examples, double seconds) {}

  /**
   * One epoch's validation.
   *
   * @param step steps so far
   * @param loss on the validation split
   * @param scores by name
   */
  public record Epoch(long step, double loss, Map<String, Double> scores) {}

  /** Reads a file; nothing where there is none. A half-written last line is skipped. */
  public static StageCurves read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<Epoch> epochs = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        add(line, steps, epochs);
      }
    }
    return new StageCurves(steps, epochs);
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  private static void add(String line, List<Step> steps, List<Epoch> epochs) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (IOException e) {
      return; // being written
    }
    if (node.has("validation")) {
      epochs.add(epoch(node));
    } else if (node.has("lr")) {
      steps.add(
          new Step(
              node.path("step").asLong(),
              node.path("loss").asDouble(Double.NaN),
              node.path("lr").asDouble(),
              node.path("grad_norm").asDouble(Double.NaN),
              node.path("examples").asInt(),
              node.path("time").path("seconds").asDouble()));
    }
  }

  private static Epoch epoch(JsonNode node) {
    Map<String, Double> scores = new LinkedHashMap<>();
    node.get("validation")
        .properties()
        .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble(Double.NaN)));
    double loss = scores.getOrDefault("loss", Double.NaN);
    scores.keySet().removeAll(List.of("loss", "score"));
    return new Epoch(node.path("step").asLong(), loss, scores);
  }
}
