package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Ready;
import org.visionfashion.weights.file.Seal;

/**
 * A stage's folder: {@code state-<step>.safetensors} holds weights, moments and the {@link
 * Position} together, so that one rename makes a save whole; {@code best.safetensors} holds the
 * weights of the best epoch. All are sealed. The newest state that is whole counts; one that is not
 * is named in the log and set aside as {@code *.bad}.
 */
public final class StateFolder {

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private static final Pattern STATE = Pattern.compile("state-\\d{9,18}\\.safetensors");
  private static final String BEST = "best.safetensors";
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String FORMAT = "visionfashion training state";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final String data;
  private Optional<Path> newest = Optional.empty();

  /**
   * @param data fingerprint of the data set: a state goes on with that one alone
   */
  public StateFolder(Path folder, String data) {
    this.folder = folder;
    this.data = data;
  }

  Path path() {
    return folder;
  }

  /** Where the newest good state stands; the start where there is none. */
  public Position position() throws IOException {
    Optional<Path> state = newest();
    if (state.isEmpty()) {
      return Position.START;
    }
    try (SafetensorsFile file = SafetensorsFile.open(state.get())) {
      return position(file);
    }
  }

  /**
   * The newest state that is whole.
   *
   * @throws UserError where there are states and all are bad: to begin anew in their place would be
   *     a silent loss
   */
  private Optional<Path> newest() throws IOException {
    if (newest.isPresent()) {
      return newest;
    }
    List<String> complaints = new ArrayList<>();
    List<Path> bad = new ArrayList<>();
    for (Path state : states()) {
      try {
        check(state);
        newest = Optional.of(state);
        break;
      } catch (UserError e) {
        complaints.add(e.getMessage());
        bad.add(state);
      }
    }
    if (newest.isEmpty() && !bad.isEmpty()) {
      throw new UserError(
          "no state of this run is whole: %s; move %s away to begin this stage anew"
              .formatted(String.join("; ", complaints), folder));
    }
    for (int i = 0; i < bad.size(); i++) {
      Path aside = bad.get(i).resolveSibling(bad.get(i).getFileName() + ".bad");
      Files.move(bad.get(i), aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("{}; set aside as {}", complaints.get(i), aside.getFileName());
    }
    return newest;
  }

  private void check(Path state) throws IOException {
    try (SafetensorsFile file = Seal.check(state)) {
      requireFormat(state, file);
      position(file);
    }
  }

  private static void requireFormat(Path state, SafetensorsFile file) {
    String format = file.metadata().getOrDefault("format", "");
    if (!format.equals(FORMAT)) {
      throw new UserError(state + " is no training state, its format is '" + format + "'");
    }
    String version = file.metadata().getOrDefault("version", "");
    if (!version.equals(Integer.toString(VERSION))) {
      throw new UserError(
          "%s has version %s of the format, this program reads %d"
              .formatted(state, version, VERSION));
    }
  }

  /** The states, newest first. */
  private List<Path> states() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> STATE.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private Position position(SafetensorsFile file) {
    String text = file.metadata().getOrDefault("position", "");
    try {
      Map<String, Object> map = JSON.readValue(text, new TypeReference<>() {});
      // JSON has no infinity: a state before the first judgement has no best score.
      map.putIfAbsent("bestScore", Double.NEGATIVE_INFINITY);
      return JSON.convertValue(map, Position.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UserError(folder + ": a state is damaged, it has no position", e);
    }
  }

  /** All that a state holds, by name. */
  public static Map<String, NDArray> tensors(DualEncoder model, AdamW optimizer) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    model.parameters().forEach((name, array) -> tensors.put(MODEL + name, array));
    optimizer.state().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    return tensors;
  }

  /**
   * Writes a state; a failure leaves those before.
   *
   * @param tensors under the names that {@link #tensors} gives them
   * @param best whether the weights are the best so far
   * @param keep how many states stay
   */
  void write(Map<String, Ready> tensors, Position position, boolean best, int keep)
      throws IOException {
    if (best) {
      // First: where the state says that there is a best epoch, its weights are there.
      writeBest(tensors);
    }
    syncLog(); // what a state has behind it is on the disk before the state is
    Path state = folder.resolve("state-%09d.safetensors".formatted(position.step()));
    Map<String, String> metadata = metadata(position);
    AtomicFiles.replaceFile(state, file -> SafetensorsWriter.writeSealed(file, tensors, metadata));
    newest = Optional.of(state);
    for (Path old : states().stream().skip(keep).toList()) {
      Files.deleteIfExists(old);
    }
  }

  private Map<String, String> metadata(Position position) throws JsonProcessingException {
    Map<String, Object> fields = JSON.convertValue(position, new TypeReference<>() {});
    if (Double.isInfinite(position.bestScore())) {
      fields.remove("bestScore");
    }
    return Map.of(
        "format",
        FORMAT,
        "version",
        Integer.toString(VERSION),
        "data",
        data,
        "position",
        JSON.writeValueAsString(fields));
  }

  private void writeBest(Map<String, Ready> tensors) throws IOException {
    Map<String, Ready> weights = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(MODEL)) {
            weights.put(name.substring(MODEL.length()), tensor);
          }
        });
    AtomicFiles.replaceFile(
        folder.resolve(BEST),
        file -> SafetensorsWriter.writeSealed(file, weights, Map.of("format", "pt")));
  }

  private void syncLog() throws IOException {
    Path log = folder.resolve(RunLog.FILE);
    if (Files.exists(log)) {
      AtomicFiles.sync(log);
    }
  }

  /** Puts the saved weights and moments in place and says where the run stood. */
  Position restore(DualEncoder model, AdamW optimizer) throws IOException {
    Optional<Path> state = newest();
    if (state.isEmpty()) {
      return Position.START;
    }
    try (SafetensorsFile file = SafetensorsFile.open(state.get())) {
      requireData(file);
      fill(model, file, MODEL, model.parameters());
      fill(model, file, OPTIMIZER, optimizer.state());
      return position(file);
    }
  }

  private void requireData(SafetensorsFile file) {
    String before = file.metadata().getOrDefault("data", "");
    if (!before.equals(data)) {
      throw new UserError(
          "the data set has changed since this run began (fingerprint %s, now %s): put it back as"
                  .formatted(start(before), start(data))
              + " it was, or begin another run with --run NAME");
    }
  }

  private static String start(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }

  /** Puts the weights of the best epoch in place. */
  public void restoreBest(DualEncoder model) throws IOException {
    try (SafetensorsFile file = Seal.check(folder.resolve(BEST))) {
      fill(model, file, "", model.parameters());
    }
  }

  private static void fill(
      DualEncoder model, SafetensorsFile file, String prefix, Map<String, NDArray> tensors)
      throws IOException {
    for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
      float[] values = file.floats(prefix + entry.getKey());
      if (values.length != entry.getValue().size()) {
        throw new UserError(
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
