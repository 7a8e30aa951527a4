package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.visionfashion.config.Binder;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Placement;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.AdamW;
import org.visionfashion.train.BatchLoss;
import org.visionfashion.train.ContrastiveObjective;
import org.visionfashion.train.Feed;
import org.visionfashion.train.PixelFeed;
import org.visionfashion.train.ReadAhead;
import org.visionfashion.train.Replicas;

/** One training step of stage one on made-up data: forward, backward, optimizer. */
public final class StepBench {

  private static final int WARM_UP = 3;
  private static final int GEMM_REPETITIONS = 9;
  private static final OptimizerConfig ADAMW =
      Binder.of(OptimizerConfig.class, "lr=1e-5", "schedule=constant", "warmup=0");

  private static final Example EXAMPLE =
      new Example("", Path.of(""), "", 0, new byte[0], "", Split.TRAIN);
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  private final Preset preset;
  private final int batch;
  private final MicroBatch microBatch;
  private final int steps;
  private final MatrixType type;
  private final List<Device> devices;
  private final PassClock clock = new PassClock();

  /**
   * @param batch pairs a step
   * @param microBatch pairs that are encoded at once
   * @param steps measured ones, behind a few to warm up
   * @param devices that share a step
   */
  public StepBench(
      Preset preset,
      int batch,
      MicroBatch microBatch,
      int steps,
      MatrixType type,
      List<Device> devices) {
    this.preset = preset;
    this.batch = batch;
    this.microBatch = microBatch;
    this.steps = steps;
    this.type = type;
    this.devices = List.copyOf(devices);
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
            new DualEncoder(preset.architecture(), devices.get(0), new RandomValues(1, 0.02));
        BatchLoss<DeviceBatch> batchLoss = batchLoss(model)) {
      batchLoss.trainIn(type);
      Batch noise = noise();
      Placement placement = new Placement(model, HALF, HALF);
      NDManager uploads = model.newScope();
      Iterator<Feed.Minibatch<DeviceBatch>> batches =
          Stream.generate(() -> minibatch(noise, placement, uploads)).iterator();
      try (ReadAhead readAhead = new ReadAhead();
          AdamW optimizer =
              new AdamW(model.operations(), model.newScope(), batchLoss.trained(), ADAMW)) {
        Iterator<Feed.Minibatch<DeviceBatch>> feed =
            placement.uploads() ? readAhead.of(batches) : batches;
        for (int i = -WARM_UP; i < steps; i++) {
          step(batchLoss, feed, optimizer, Math.max(i, 0), times);
        }
      }
    }
    Report report = new Report(title());
    // Memory before the machine's own products add theirs.
    double peak = Clock.peakMemory();
    double gpuPeak = gpus().mapToDouble(Clock::gpuMemory).sum();
    addTimes(report, times);
    report.add("peak_memory_mb", peak).add("memory_mb_per_step", slope(times.memory));
    return gpus().findAny().isEmpty() ? report : report.add("gpu_memory_mb", gpuPeak);
  }

  private BatchLoss<DeviceBatch> batchLoss(DualEncoder model) {
    Replicas<DeviceBatch> replicas =
        new Replicas<>(
            model,
            devices,
            one -> clock.measured(new ContrastiveObjective(one, ObjectiveConfig.INFONCE)));
    return new BatchLoss<>(replicas, microBatch, model.trainingRoom(preset.tokens()));
  }

  private void step(
      BatchLoss<DeviceBatch> batchLoss,
      Iterator<Feed.Minibatch<DeviceBatch>> batches,
      AdamW optimizer,
      int i,
      Times times) {
    long start = System.nanoTime();
    try (Feed.Minibatch<DeviceBatch> minibatch = batches.next()) {
      times.data[i] = Clock.millisecondsSince(start);
      clock.start();
      batchLoss.differentiate(clock.measured(minibatch), 1, i, 1);
      double norm = optimizer.gradientNorm(); // waits for the device
      times.data[i] += clock.placing();
      times.forward[i] = clock.forward();
      times.backward[i] = clock.passes() - clock.forward();
      start = System.nanoTime();
      optimizer.step(ADAMW.lr(), norm, 1);
      batchLoss.model().logScale().toFloatArray(); // waits for the device
      times.optimizer[i] = Clock.millisecondsSince(start);
    }
    times.memory[i] = Clock.memory();
  }

  private static Feed.Minibatch<DeviceBatch> minibatch(
      Batch batch, Placement placement, NDManager scope) {
    return new PixelFeed.PixelMinibatch(
        0,
        batch,
        placement,
        placement.uploads() ? placement.upload(batch, scope) : Optional.empty());
  }

  /** Noise and random words, in Java memory as a loader would have left them. */
  private Batch noise() {
    Architecture.ImageTower image = preset.architecture().image();
    Random random = new Random(1);
    byte[] pixels_BCHW =
        new byte[Math.multiplyExact(batch, Architecture.CHANNELS * image.height() * image.width())];
    random.nextBytes(pixels_BCHW);
    long[] mask_BL = new long[batch * preset.tokens()];
    Arrays.fill(mask_BL, 1);
    int words = preset.architecture().text().vocabulary().tokens();
    return new Batch(
        Collections.nCopies(batch, EXAMPLE),
        image.height(),
        image.width(),
        pixels_BCHW,
        preset.tokens(),
        random.longs(mask_BL.length, 0, words).toArray(),
        mask_BL,
        new long[batch],
        new byte[batch]);
  }

  private Stream<Device> gpus() {
    return devices.stream().filter(Device::isGpu).distinct();
  }

  private void addTimes(Report report, Times times) {
    double[] passes = new double[steps];
    double[] whole = new double[steps];
    for (int i = 0; i < steps; i++) {
      passes[i] = times.forward[i] + times.backward[i];
      whole[i] = times.data[i] + passes[i] + times.optimizer[i];
    }
    long distinct = devices.stream().distinct().count();
    Measured gemm =
        GemmBench.rate(devices.get(0), type, GEMM_REPETITIONS).map(rate -> distinct * rate);
    double flops = batch * preset.flopsPerPair();
    Measured gflops = Measured.of(passes).map(milliseconds -> flops / milliseconds / 1e6);
    report
        .add("data_ms", Measured.of(times.data))
        .add("forward_ms", Measured.of(times.forward))
        .add("backward_ms", Measured.of(times.backward))
        .add("optimizer_ms", Measured.of(times.optimizer))
        .add("pairs_per_second", Measured.of(whole).map(ms -> 1000 * batch / ms))
        .add("gflops", gflops)
        .add("gemm_gflops", gemm)
        .add("share_of_gemm", gflops.median() / gemm.median());
  }

  private String title() {
    return "A step of %s, batch %d%s, %s, on %s"
        .formatted(preset, batch, inParts(), type.label(), Machine.describe(devices));
  }

  private String inParts() {
    return microBatch.equals(MicroBatch.WHOLE) ? "" : " in parts of " + microBatch;
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
