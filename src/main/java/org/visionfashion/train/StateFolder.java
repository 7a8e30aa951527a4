package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.AtomicFiles;
import org.visionfashion.weights.ModelFolder;
import org.visionfashion.weights.SafetensorsFile;
import org.visionfashion.weights.WeightsException;

/**
 * A stage's folder: {@code last.safetensors} holds weights, moments and the {@link Position}
 * together, so that one rename makes a save whole; {@code best.safetensors} holds the weights of
 * the best epoch.
 */
public final class StateFolder {

  private static final String LAST = "last.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String POSITION = "position";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  public StateFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether there is a state to go on from. */
  public boolean exists() {
    return Files.isRegularFile(folder.resolve(LAST));
  }

  /** Where the saved state stands; the start where there is none. */
  public Position position() throws IOException {
    if (!exists()) {
      return Position.START;
    }
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(LAST))) {
      return position(file);
    }
  }

  private Position position(SafetensorsFile file) {
    String text = file.metadata().getOrDefault(POSITION, "");
    try {
      Map<String, Object> map = JSON.readValue(text, new TypeReference<>() {});
      // JSON has no infinity: a state before the first judgement has no best score.
      map.putIfAbsent("bestScore", Double.NEGATIVE_INFINITY);
      return JSON.convertValue(map, Position.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new WeightsException(folder.resolve(LAST) + " is damaged: it has no position", e);
    }
  }

  void save(DualEncoder model, AdamW optimizer, Position position) throws IOException {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    model.parameters().forEach((name, array) -> tensors.put(MODEL + name, array));
    optimizer.state().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    Map<String, Object> fields = JSON.convertValue(position, new TypeReference<>() {});
    if (Double.isInfinite(position.bestScore())) {
      fields.remove("bestScore");
    }
    Map<String, String> metadata = Map.of(POSITION, JSON.writeValueAsString(fields));
    AtomicFiles.replaceFile(
        folder.resolve(LAST), file -> ModelFolder.writeTensors(file, tensors, metadata));
  }

  void saveBest(DualEncoder model) throws IOException {
    AtomicFiles.replaceFile(
        folder.resolve(BEST),
        file -> ModelFolder.writeTensors(file, model.parameters(), Map.of("format", "pt")));
  }

  /** Puts the saved weights and moments in place and says where the run stood. */
  Position restore(DualEncoder model, AdamW optimizer) throws IOException {
    if (!exists()) {
      return Position.START;
    }
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(LAST))) {
      fill(model, file, MODEL, model.parameters());
      fill(model, file, OPTIMIZER, optimizer.state());
      return position(file);
    }
  }

  /** Puts the weights of the best epoch in place. */
  public void restoreBest(DualEncoder model) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(BEST))) {
      fill(model, file, "", model.parameters());
    }
  }

  private static void fill(
      DualEncoder model, SafetensorsFile file, String prefix, Map<String, NDArray> tensors)
      throws IOException {
    for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
      float[] values = file.floats(prefix + entry.getKey());
      if (values.length != entry.getValue().size()) {
        throw new WeightsException(
            "the saved state does not fit the configuration: "
                + entry.getKey()
                + " is "
                + file.info(prefix + entry.getKey()).shapeText()
                + " there, "
                + entry.getValue().getShape()
                + " here; take another --run");
      }
      model.operations().assign(entry.getValue(), values);
    }
  }
}
