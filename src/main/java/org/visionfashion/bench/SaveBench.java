package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.visionfashion.config.Binder;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.SaveConfig;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.AdamW;
import org.visionfashion.train.Progress;
import org.visionfashion.train.Saver;
import org.visionfashion.train.Snapshot;
import org.visionfashion.train.StateFolder;

/** Saving a training state, beside copying its tensors once in memory. */
public final class SaveBench {

  private static final OptimizerConfig ADAMW =
      Binder.of(OptimizerConfig.class, "lr=1e-5", "schedule=constant", "warmup=0");
  private static final SaveConfig SAVE = Binder.of(SaveConfig.class, "every_minutes=0", "keep=1");
  private static final double MEBIBYTE = 1 << 20;

  private SaveBench() {}

  /**
   * Saves a model of random weights and its moments. Copying and saving take turns.
   *
   * @param folder a place for the states; nothing of them stays
   */
  public static Report run(Preset preset, Path folder, int repetitions, Device device)
      throws IOException {
    Files.createDirectories(folder);
    double[] copy = new double[repetitions];
    double[] pause = new double[repetitions];
    double[] write = new double[repetitions];
    double size;
    try (DualEncoder model =
            new DualEncoder(preset.architecture(), device, new RandomValues(1, 0.02));
        AdamW optimizer =
            new AdamW(model.operations(), model.newScope(), model.parameters(), ADAMW)) {
      Map<String, NDArray> tensors = StateFolder.tensors(model, optimizer, Map.of(), Map.of());
      size = Float.BYTES * tensors.values().stream().mapToLong(NDArray::size).sum() / MEBIBYTE;
      try (Snapshot snapshot = new Snapshot(model.operations(), model.newScope(), tensors);
          Saver saver = new Saver(new StateFolder(folder, ""), snapshot, SAVE, 0, () -> false)) {
        snapshot.take(); // the memory is there, page by page, as behind the first save of a run
        for (int i = 0; i < repetitions; i++) {
          copy[i] = copy(tensors, snapshot);
          long start = System.nanoTime();
          saver.save(Progress.START, false);
          pause[i] = Clock.millisecondsSince(start);
          saver.await();
          write[i] = Clock.millisecondsSince(start) - pause[i];
        }
      }
    } finally {
      delete(folder);
    }
    Measured copying = Measured.of(copy);
    Measured pausing = Measured.of(pause);
    return new Report("Saving the state of %s, %.0f MiB".formatted(preset, size))
        .add("copy_ms", copying)
        .add("pause_ms", pausing)
        .add("pause_by_copy", pausing.median() / copying.median())
        .add("write_ms", Measured.of(write))
        .add("state_mb", size);
  }

  /** The plain copy: tensor by tensor to where the snapshot has it. */
  private static double copy(Map<String, NDArray> tensors, Snapshot snapshot) {
    List<ByteBuffer> from =
        tensors.values().stream().map(tensor -> tensor.toByteBuffer(true)).toList();
    List<ByteBuffer> into =
        snapshot.tensors().values().stream().map(ready -> ready.bytes().duplicate()).toList();
    long start = System.nanoTime();
    for (int i = 0; i < from.size(); i++) {
      into.get(i).put(from.get(i));
    }
    return Clock.millisecondsSince(start);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
