package org.visionfashion.bench;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.Models;

/** Opening a model folder, beside reading its file once from the page cache. */
public final class LoadBench {

  private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);
  private static final int BUFFER = 1 << 20;
  private static final double MEBIBYTE = 1 << 20;

  private LoadBench() {}

  /**
   * Opens a model of random weights, and writes it first where it is not there. The memory that
   * opening takes beside the weights is reported only where it was there.
   *
   * @param folder a place for the model; it stays there and is used again
   */
  public static Report run(Preset preset, Path folder, int repetitions, Device device)
      throws IOException {
    boolean writes = !Files.exists(folder);
    if (writes) {
      write(preset, folder, device);
    }
    Path weights = folder.resolve("model.safetensors");
    return measured(
        preset.toString(),
        weights,
        !writes, // where this process wrote the model, its peak is that of writing
        repetitions,
        () -> ModelFolder.open(folder).load(device).close());
  }

  /** Opens a model of any kind, with its tokenizer. */
  public static Report run(Path model, int repetitions, Device device) throws IOException {
    return measured(
        model.toString(),
        WeightsFiles.file(model),
        true,
        repetitions,
        () -> Models.open(model, device).close());
  }

  private interface Opening {
    void run() throws IOException;
  }

  private static Report measured(
      String name, Path weights, boolean withMemory, int repetitions, Opening opening)
      throws IOException {
    double size = Files.size(weights) / MEBIBYTE;
    read(weights); // into the page cache
    double[] raw = new double[repetitions];
    double[] open = new double[repetitions];
    double before = Clock.memory();
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      read(weights);
      raw[i] = Clock.millisecondsSince(start);
      start = System.nanoTime();
      opening.run();
      open[i] = Clock.millisecondsSince(start);
    }
    Measured reading = Measured.of(raw);
    Measured opened = Measured.of(open);
    Report report =
        new Report("Opening a model of %s, %.0f MiB".formatted(name, size))
            .add("read_ms", reading)
            .add("load_ms", opened)
            .add("load_by_read", opened.median() / reading.median())
            .add("weights_mb", size);
    return withMemory ? report.add("extra_memory_mb", Clock.peakMemory() - before - size) : report;
  }

  private static void write(Preset preset, Path folder, Device device) throws IOException {
    try (DualEncoder model =
        new DualEncoder(preset.architecture(), device, new RandomValues(1, 0.02))) {
      ModelDescription description =
          new ModelDescription(
              preset.architecture(),
              HALVES,
              HALVES,
              Resampling.BICUBIC,
              preset.tokens(),
              Optional.empty(),
              Map.of());
      ModelFolder.write(folder, description, model.parameters(), "{}", "Random weights.\n");
    }
  }

  private static void read(Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      while (in.read(buffer) >= 0) {
        // reading is the point
      }
    }
  }
}
