package org.visionfashion.report.curves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code metrics.jsonl} says of one stage: its epochs, and its steps gathered into bins. It
 * keeps its place in the file, so that following a training costs its new lines only.
 */
public final class StageCurves {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String WISE_FT = "wise_ft.json";

  private final Path file;
  private long offset;
  private StepBins bins = new StepBins();
  private final List<Epoch> epochs = new ArrayList<>();
  private List<Between> betweenStartAndBest = List.of();

  /** Of a file that is not read yet and need not exist. */
  public StageCurves(Path file) {
    this.file = file;
  }

  /**
   * One epoch's validation.
   *
   * @param step steps so far
   * @param loss on the validation split
   * @param scores by name
   */
  record Epoch(long step, double loss, Map<String, Double> scores) {}

  /**
   * Weights between those of the start and those of the best epoch.
   *
   * @param share of the way, 0 = the start
   * @param scores by name
   */
  record Between(double share, Map<String, Double> scores) {}

  /**
   * Reads the lines added since the last call; a half-written last line waits for the next. A file
   * that has become shorter, as a resumed training cuts it, is read again from its start.
   *
   * @return whether anything changed
   */
  public boolean update() throws IOException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    boolean changed = size != offset;
    if (size < offset) {
      offset = 0;
      bins = new StepBins();
      epochs.clear();
    }
    if (size > offset) {
      try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
        stream.skipNBytes(offset);
        addLines(stream);
      }
    }
    readBetween(file.resolveSibling(WISE_FT));
    return changed;
  }

  private void readBetween(Path curve) throws IOException {
    List<Between> read = new ArrayList<>();
    if (Files.exists(curve)) {
      for (JsonNode point : JSON.readTree(curve.toFile()).path("curve")) {
        Map<String, Double> scores = scores(point);
        read.add(new Between(scores.remove("coefficient"), scores));
      }
    }
    betweenStartAndBest = read;
  }

  private void addLines(InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = stream.read(); next >= 0; next = stream.read()) {
      line.write(next);
      if (next == '\n') {
        add(line.toByteArray());
        offset += line.size();
        line.reset();
      }
    }
  }

  private void add(byte[] line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (IOException e) {
      return; // cut off by a crash
    }
    if (node.has("validation")) {
      epochs.add(epoch(node));
    } else if (node.has("lr")) {
      bins.add(
          new StepBins.Bin(
              1,
              node.path("step").asLong(),
              node.path("loss").asDouble(Double.NaN),
              node.path("lr").asDouble(),
              node.path("grad_norm").asDouble(Double.NaN),
              node.path("examples").asInt(),
              node.path("time").path("seconds").asDouble()));
    }
  }

  private static Epoch epoch(JsonNode node) {
    Map<String, Double> scores = scores(node.get("validation"));
    double loss = scores.getOrDefault("loss", Double.NaN);
    scores.keySet().removeAll(List.of("loss", "score"));
    return new Epoch(node.path("step").asLong(), loss, scores);
  }

  private static Map<String, Double> scores(JsonNode node) {
    Map<String, Double> scores = new LinkedHashMap<>();
    node.properties()
        .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble(Double.NaN)));
    return scores;
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return bins.isEmpty();
  }

  StepBins bins() {
    return bins;
  }

  /** By share; none where the result is not averaged with the start. */
  List<Between> betweenStartAndBest() {
    return betweenStartAndBest;
  }

  List<Epoch> epochs() {
    return epochs;
  }
}
