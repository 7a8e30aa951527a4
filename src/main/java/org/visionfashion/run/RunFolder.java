package org.visionfashion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.Precision;

/**
 * Everything that one run makes.
 *
 * @param path {@code checkpoints/<run>}, absolute
 */
public record RunFolder(Path path) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The run's name. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The experiment as resolved. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** Everything that was logged. */
  public Path log() {
    return path.resolve("run.log");
  }

  /** The learning curves of both stages, a page. */
  public Path curves() {
    return path.resolve("curves.html");
  }

  /** Stage one: metrics.jsonl, last and best training state. */
  public Path contrastive() {
    return path.resolve("contrastive");
  }

  /** Stage two, likewise. */
  public Path finetune() {
    return path.resolve("finetune");
  }

  /** The result: the checkpoint folder. */
  public Path model() {
    return path.resolve("model");
  }

  /** Reports, one a split. */
  public Path eval() {
    return path.resolve("eval");
  }

  /** Whether a training has begun here. */
  public boolean exists() {
    return Files.isRegularFile(statusFile());
  }

  /** The experiment that the run was started with. */
  public Config readConfig() {
    return ConfigLoader.load(config(), List.of());
  }

  public void writeConfig(Config config) {
    try {
      AtomicFiles.write(config(), config.toYaml());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + config() + ": " + e.getMessage(), e);
    }
  }

  /** How far the run has come; empty where none has begun. */
  public Optional<RunStatus> readStatus() {
    return exists() ? Optional.of(parseStatus()) : Optional.empty();
  }

  /** Writes how far the run has come, at one stroke. */
  public void writeStatus(RunStatus status) {
    ObjectNode json = JSON.createObjectNode();
    json.put("contrastive_done", status.contrastiveDone());
    json.put("finetune_done", status.finetuneDone());
    json.put("evaluated", status.evaluated());
    status.autoPrecision().ifPresent(chosen -> json.put("auto_precision", chosen.name()));
    json.put("updated", status.updated().toString());
    try {
      AtomicFiles.write(statusFile(), json.toPrettyString() + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + statusFile() + ": " + e.getMessage(), e);
    }
  }

  /** Lets a run that no training has touched yet begin anew, with other settings. */
  public void forget() {
    try {
      Files.deleteIfExists(statusFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + statusFile() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Moves the record of stage two out of the way of a new one.
   *
   * @return where it is kept
   */
  public Path setAsideFinetune() {
    int number = 1;
    while (Files.exists(path.resolve("finetune-" + number))) {
      number++;
    }
    Path kept = path.resolve("finetune-" + number);
    try {
      if (Files.exists(finetune())) {
        Files.move(finetune(), kept);
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + finetune() + ": " + e.getMessage(), e);
    }
  }

  private Path statusFile() {
    return path.resolve("run.json");
  }

  private RunStatus parseStatus() {
    try {
      JsonNode json = JSON.readTree(statusFile().toFile());
      return new RunStatus(
          json.required("contrastive_done").asBoolean(),
          json.required("finetune_done").asBoolean(),
          json.path("evaluated").asBoolean(),
          Optional.ofNullable(json.get("auto_precision"))
              .map(chosen -> Precision.valueOf(chosen.asText())),
          Instant.parse(json.required("updated").asText()));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new UserError(statusFile() + " is damaged; restore it or move the run's folder away");
    }
  }
}
