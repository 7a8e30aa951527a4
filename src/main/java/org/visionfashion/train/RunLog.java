package org.visionfashion.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.visionfashion.weights.AtomicFiles;

/**
 * {@code metrics.jsonl}: a line a step, a line an epoch. All that depends on the clock stands under
 * {@code time}; the rest is a function of configuration, seed and data.
 */
public final class RunLog implements Observer, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final Writer writer;

  /**
   * Opens the log; what an interrupted run wrote behind its last save is cut off, for it will be
   * written again.
   */
  public static RunLog open(Path file, Position from) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      List<String> kept =
          Files.readAllLines(file).stream().filter(line -> isBefore(line, from)).toList();
      AtomicFiles.replaceFile(file, beside -> Files.write(beside, kept));
    }
    return new RunLog(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private RunLog(Writer writer) {
    this.writer = writer;
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
      writer.write(JSON.writeValueAsString(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run log: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
