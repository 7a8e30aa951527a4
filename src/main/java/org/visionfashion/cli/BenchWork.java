package org.visionfashion.cli;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.bench.GemmBench;
import org.visionfashion.bench.LoadBench;
import org.visionfashion.bench.LoaderBench;
import org.visionfashion.bench.OptimizerBench;
import org.visionfashion.bench.Preset;
import org.visionfashion.bench.Report;
import org.visionfashion.bench.RetrievalBench;
import org.visionfashion.bench.SaveBench;
import org.visionfashion.bench.StepBench;
import org.visionfashion.config.Precision;
import org.visionfashion.data.Progress;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.TypeTrial;

/** Measures, below {@code data/bench}. */
final class BenchWork {

  private static final int EMBEDDING = 512;

  String run(BenchRequest request) {
    Machine.start();
    try {
      Report report = report(request, Machine.devices(request.devices()));
      if (request.json().isPresent()) {
        Files.writeString(request.json().get(), report.json());
      }
      return report.text();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Report report(BenchRequest request, List<Device> devices) throws IOException {
    Device device = devices.get(0);
    return switch (request.what()) {
      case STEP ->
          new StepBench(
                  request.preset(),
                  request.batch(),
                  request.microBatch(),
                  request.steps(),
                  type(request, device),
                  devices)
              .run();
      case OPTIMIZER -> OptimizerBench.run(request.preset(), request.steps(), device);
      case LOAD ->
          LoadBench.run(
              request.preset(),
              folder("load-" + request.preset().name().toLowerCase(Locale.ROOT)),
              request.steps(),
              device);
      case LOADER -> loader(request.steps());
      case SAVE ->
          SaveBench.run(
              request.preset(),
              folder("save-" + request.preset().name().toLowerCase(Locale.ROOT)),
              request.steps(),
              device);
      case RETRIEVAL -> RetrievalBench.run(request.pairs(), EMBEDDING, request.steps());
      case GEMM -> GemmBench.run(device, request.steps());
    };
  }

  private static Report loader(int steps) throws IOException {
    DemoSpec spec = new DemoSpec(LoaderBench.PICTURES, 1, LoaderBench.JPEG_WIDTH);
    DemoGenerator.draw(folder("pictures"), spec, 2, Progress.NONE);
    return LoaderBench.run(folder("pictures"), steps);
  }

  private static MatrixType type(BenchRequest request, Device device) {
    Preset preset = request.preset();
    return request.precision() == Precision.AUTO
        ? TypeTrial.run(preset.architecture(), device, request.batch(), preset.tokens()).type()
        : MatrixType.of(request.precision(), device);
  }

  private static Path folder(String name) {
    return ProjectFolder.resolve("data/bench/" + name);
  }
}
