package org.visionfashion.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.SaveConfig.OnFailure;

/**
 * {@code not-finite.jsonl}, where there is something to say: the examples and gradient norms of
 * every step that was not made because a number was not finite.
 */
final class BadStepLog implements Observer {

  static final String FILE = "not-finite.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(BadStepLog.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  BadStepLog(Path folder) {
    file = folder.resolve(FILE);
  }

  @Override
  public void notFinite(BadStep step) {
    ObjectNode line = JSON.createObjectNode();
    line.put("epoch", step.place().epoch());
    line.put("step", step.place().step());
    line.put("loss", step.loss());
    line.put("grad_norm", step.gradientNorm());
    line.set("ids", JSON.valueToTree(step.ids()));
    line.set("grad_norms", JSON.valueToTree(step.gradientNorms()));
    // A run that is resumed from an earlier save meets the same step again.
    try (LineFile lines = LineFile.open(file, each -> isBefore(each, step), OnFailure.STOP)) {
      lines.add(JSON.writeValueAsString(line));
      LOG.warn(
          "{} step {}: loss {}, gradient norm {}; the ids of its pictures are in {}",
          step.place().stage(),
          step.place().step(),
          step.loss(),
          step.gradientNorm(),
          file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isBefore(String line, BadStep step) {
    try {
      return JSON.readTree(line).path("step").asLong() < step.place().step();
    } catch (IOException e) {
      return false; // the line that was being written when the run was killed
    }
  }
}
