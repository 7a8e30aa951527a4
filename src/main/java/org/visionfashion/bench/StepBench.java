package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.OptimizerConfig.ScheduleKind;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Tokens;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.AdamW;
import org.visionfashion.train.ContrastiveObjective;

/** One training step of stage one on made-up data: forward, backward, optimizer. */
public final class StepBench {

  private static final int WARM_UP = 3;
  private static final int GEMM_REPETITIONS = 9;
  private static final OptimizerConfig ADAMW =
      new OptimizerConfig(1e-5, 0.01, 0.9, 0.999, 1e-8, 1, ScheduleKind.CONSTANT, 0, 1, 0);

  private final Preset preset;
  private final int batch;
  private final int steps;
  private final MatrixType type;
  private final Device device;

  /**
   * @param batch pairs a step
   * @param steps measured ones, behind a few to warm up
   */
  public StepBench(Preset preset, int batch, int steps, MatrixType type, Device device) {
    this.preset = preset;
    this.batch = batch;
    this.steps = steps;
    this.type = type;
    this.device = device;
  }

  /** Milliseconds of the parts of the measured steps, and the memory behind each. */
  private record Times(
      double[] data, double[] forward, double[] backward, double[] optimizer, double[] memory) {

    static Times of(int steps) {
      return new Times(
          new double[steps],
          new double[steps],
          new double[steps],
          new double[steps],
          new double[steps]);
    }
  }

  /** Measures. */
  public Report run() {
    Times times = Times.of(steps);
    try (DualEncoder model =
        new DualEncoder(preset.architecture(), device, new RandomValues(1, 0.02))) {
      model.trainIn(type);
      ContrastiveObjective objective = new ContrastiveObjective(model, false);
      Map<String, NDArray> trained = new LinkedHashMap<>(model.parameters());
      trained.keySet().removeIf(name -> !objective.trains(name));
      try (AdamW optimizer = new AdamW(model.operations(), model.newScope(), trained, ADAMW)) {
        for (int i = -WARM_UP; i < steps; i++) {
          step(model, objective, optimizer, Math.max(i, 0), times);
        }
      }
    }
    return report(times);
  }

  private void step(
      DualEncoder model, ContrastiveObjective objective, AdamW optimizer, int i, Times times) {
    Machine.seed(1, i);
    try (NDManager scope = model.newScope();
        Gradients gradients = Gradients.record()) {
      long start = System.nanoTime();
      DeviceBatch made = batch(scope);
      times.data[i] = Clock.millisecondsSince(start);
      start = System.nanoTime();
      NDArray loss = objective.loss(made, true);
      loss.toFloatArray(); // waits for the device
      times.forward[i] = Clock.millisecondsSince(start);
      start = System.nanoTime();
      gradients.backward(loss);
      double norm = optimizer.gradientNorm(); // waits for the device
      times.backward[i] = Clock.millisecondsSince(start);
      start = System.nanoTime();
      optimizer.step(ADAMW.lr(), norm, 1);
      times.optimizer[i] = Clock.millisecondsSince(start);
    }
    times.memory[i] = Clock.memory();
  }

  private DeviceBatch batch(NDManager scope) {
    Architecture.ImageEncoder image = preset.architecture().image();
    Shape pixels = new Shape(batch, image.channels(), image.height(), image.width());
    Shape tokens = new Shape(batch, preset.tokens());
    int words = preset.architecture().text().vocabulary();
    return new DeviceBatch(
        scope.randomNormal(pixels),
        new Tokens(
            scope.randomInteger(0, words, tokens, DataType.INT64),
            scope.zeros(tokens, DataType.INT64),
            scope.ones(tokens, DataType.INT64)),
        null,
        null);
  }

  private Report report(Times times) {
    double[] passes = new double[steps];
    double[] whole = new double[steps];
    for (int i = 0; i < steps; i++) {
      passes[i] = times.forward[i] + times.backward[i];
      whole[i] = passes[i] + times.optimizer[i];
    }
    Measured gemm = GemmBench.rate(device, type, GEMM_REPETITIONS);
    double flops = batch * preset.flopsPerPair();
    Measured gflops = Measured.of(passes).map(milliseconds -> flops / milliseconds / 1e6);
    return new Report(
            "A step of %s, batch %d, %s, on %s"
                .formatted(preset, batch, type.label(), Machine.describe(device)))
        .add("data_ms", Measured.of(times.data))
        .add("forward_ms", Measured.of(times.forward))
        .add("backward_ms", Measured.of(times.backward))
        .add("optimizer_ms", Measured.of(times.optimizer))
        .add("pairs_per_second", Measured.of(whole).map(ms -> 1000 * batch / ms))
        .add("gflops", gflops)
        .add("gemm_gflops", gemm)
        .add("share_of_gemm", gflops.median() / gemm.median())
        .add("peak_memory_mb", Clock.peakMemory())
        .add("memory_mb_per_step", slope(times.memory));
  }

  /** Least squares over the steps. */
  static double slope(double[] values) {
    double meanX = (values.length - 1) / 2.0;
    double meanY = DoubleStream.of(values).average().orElse(Double.NaN);
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.length; i++) {
      above += (i - meanX) * (values[i] - meanY);
      below += (i - meanX) * (i - meanX);
    }
    return below == 0 ? 0 : above / below;
  }
}
