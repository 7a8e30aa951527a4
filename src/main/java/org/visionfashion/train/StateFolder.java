package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
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
 * Progress} together, so that one rename makes a save whole; {@code best.safetensors} holds the
 * weights of the best epoch, {@code result.safetensors} what was made of them where that is
 * something else. All are sealed. The newest undamaged state counts; a damaged one is named in the
 * log and renamed to {@code *.bad}.
 */
public final class StateFolder {

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private static final Pattern STATE = Pattern.compile("state-\\d{9,18}\\.safetensors");
  private static final String BEST = "best.safetensors";
  private static final String RESULT = "result.safetensors";
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String ADAPTER = "adapter.";
  private static final String AVERAGE = "average.";
  private static final String FORMAT = "visionfashion training state";
  private static final int VERSION = 2;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final String data;
  private Optional<Path> newest = Optional.empty();

  /**
   * @param data fingerprint of the data set: a state is resumed with that one alone
   */
  public StateFolder(Path folder, String data) {
    this.folder = folder;
    this.data = data;
  }

  Path path() {
    return folder;
  }

  /** The progress of the newest good state; the start where there is none. */
  public Progress progress() throws IOException {
    Optional<Path> state = newest();
    if (state.isEmpty()) {
      return Progress.START;
    }
    try (SafetensorsFile file = open(state.get())) {
      return progress(file);
    }
  }

  /**
   * The newest undamaged state.
   *
   * @throws UserError where there are states and all are damaged: to begin anew in their place
   *     would be a silent loss
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
          "every saved state is damaged: %s; move %s away to restart this stage"
              .formatted(String.join("; ", complaints), folder));
    }
    for (int i = 0; i < bad.size(); i++) {
      Path aside = bad.get(i).resolveSibling(bad.get(i).getFileName() + ".bad");
      Files.move(bad.get(i), aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("{}; renamed to {}", complaints.get(i), aside.getFileName());
    }
    return newest;
  }

  private void check(Path state) throws IOException {
    try (SafetensorsFile file = Seal.check(state)) {
      requireFormat(state, file);
      if (isOfThisVersion(file)) {
        progress(file);
      }
    }
  }

  private static void requireFormat(Path state, SafetensorsFile file) {
    String format = file.metadata().getOrDefault("format", "");
    if (!format.equals(FORMAT)) {
      throw new UserError(state + " is not a training state: its format is '" + format + "'");
    }
  }

  private static boolean isOfThisVersion(SafetensorsFile file) {
    return Integer.toString(VERSION).equals(file.metadata().get("version"));
  }

  /** A state of another version is not damaged; it belongs to another program. */
  private static SafetensorsFile open(Path state) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(state);
    if (!isOfThisVersion(file)) {
      file.close();
      throw new UserError(
          ("%s was saved by another version of this program (state format %s, this one reads %d):"
                  + " finish the run with that version, or begin another run with --run NAME")
              .formatted(state, file.metadata().get("version"), VERSION));
    }
    return file;
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

  private Progress progress(SafetensorsFile file) {
    String text = file.metadata().getOrDefault("progress", "");
    try {
      return JSON.readValue(text, Progress.class);
    } catch (JsonProcessingException e) {
      throw new UserError(folder + ": a state is damaged, it has no progress", e);
    }
  }

  /**
   * All that a state holds, by name.
   *
   * @param average of the weights, of which the best epoch then consists; may be empty
   * @param adapters what is added to them; may be empty
   */
  public static Map<String, NDArray> tensors(
      DualEncoder model,
      AdamW optimizer,
      Map<String, NDArray> average,
      Map<String, NDArray> adapters) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    model.parameters().forEach((name, array) -> tensors.put(MODEL + name, array));
    optimizer.state().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    average.forEach((name, array) -> tensors.put(AVERAGE + name, array));
    adapters.forEach((name, array) -> tensors.put(ADAPTER + name, array));
    return tensors;
  }

  /**
   * Writes a state; a failure leaves those before.
   *
   * @param tensors under the names that {@link #tensors} gives them
   * @param best whether the weights are the best so far
   * @param keep how many states stay
   */
  void write(Map<String, Ready> tensors, Progress progress, boolean best, int keep)
      throws IOException {
    if (best) {
      // First: where the state says that there is a best epoch, its weights are there.
      writeBest(tensors);
    }
    syncLog(); // what a state has behind it is on the disk before the state is
    Path state = folder.resolve("state-%09d.safetensors".formatted(progress.step()));
    Map<String, String> metadata = metadata(progress);
    AtomicFiles.replaceFile(state, file -> SafetensorsWriter.writeSealed(file, tensors, metadata));
    newest = Optional.of(state);
    for (Path old : states().stream().skip(keep).toList()) {
      Files.deleteIfExists(old);
    }
  }

  private Map<String, String> metadata(Progress progress) throws JsonProcessingException {
    return Map.of(
        "format",
        FORMAT,
        "version",
        Integer.toString(VERSION),
        "data",
        data,
        "progress",
        JSON.writeValueAsString(progress));
  }

  private void writeBest(Map<String, Ready> tensors) throws IOException {
    Map<String, Ready> weights = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(MODEL)) {
            String parameter = name.substring(MODEL.length());
            weights.put(parameter, tensors.getOrDefault(AVERAGE + parameter, tensor));
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

  /**
   * Puts the saved weights, moments, averages and adapters in place and returns the progress that
   * they belong to.
   */
  Progress restore(
      DualEncoder model,
      AdamW optimizer,
      Map<String, NDArray> average,
      Map<String, NDArray> adapters)
      throws IOException {
    Optional<Path> state = newest();
    if (state.isEmpty()) {
      return Progress.START;
    }
    try (SafetensorsFile file = open(state.get())) {
      requireSameData(file);
      fill(model, file, MODEL, model.parameters());
      fill(model, file, OPTIMIZER, optimizer.state());
      fill(model, file, AVERAGE, average);
      fill(model, file, ADAPTER, adapters);
      return progress(file);
    }
  }

  /**
   * Requires that the states here belong to the data set.
   *
   * @throws UserError where they belong to another one
   */
  void requireSameData() throws IOException {
    Optional<Path> state = newest();
    if (state.isPresent()) {
      try (SafetensorsFile file = open(state.get())) {
        requireSameData(file);
      }
    }
  }

  private void requireSameData(SafetensorsFile file) {
    String before = file.metadata().getOrDefault("data", "");
    if (!before.equals(data)) {
      throw new UserError(
          "the data set has changed since this run began (fingerprint %s, now %s): restore it,"
                  .formatted(start(before), start(data))
              + " or begin another run with --run NAME");
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

  /** Keeps weights that are not those of the best epoch as the result of the stage. */
  void writeResult(DualEncoder model) throws IOException {
    Map<String, NDArray> parameters = model.parameters();
    try (Snapshot snapshot = new Snapshot(model.operations(), model.newScope(), parameters)) {
      snapshot.take();
      AtomicFiles.replaceFile(
          folder.resolve(RESULT),
          file -> SafetensorsWriter.writeSealed(file, snapshot.tensors(), Map.of("format", "pt")));
    }
  }

  /** Puts the weights in place that the stage ended with: mostly those of the best epoch. */
  void restoreResult(DualEncoder model) throws IOException {
    Path result = folder.resolve(RESULT);
    if (!Files.exists(result)) {
      restoreBest(model);
      return;
    }
    try (SafetensorsFile file = Seal.check(result)) {
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
                + " here; begin another run with --run NAME");
      }
      model.operations().assign(entry.getValue(), values);
    }
  }
}
