package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.FinetuneConfig.Encoders;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Labels;
import org.visionfashion.train.BatchLossTest.Result;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

/**
 * Several devices give what one gives. Here they are copies on the CPU, each with weights of its
 * own.
 */
class ReplicasTest {

  private static final OptimizerConfig ADAMW =
      Binder.of(
          OptimizerConfig.class, "lr=0.01", "weight_decay=0.1", "schedule=constant", "warmup=0");

  @TempDir private Path folder;

  /** How often each model has encoded. */
  private static final class Watched implements Objective<DeviceBatch> {

    private final Objective<DeviceBatch> objective;
    private final List<Integer> sizes = new ArrayList<>();

    Watched(Objective<DeviceBatch> objective) {
      this.objective = objective;
    }

    @Override
    public boolean trains(String parameter) {
      return objective.trains(parameter);
    }

    @Override
    public NDList encode(DeviceBatch examples, boolean training) {
      sizes.add((int) examples.pixels_BCHW().getShape().get(0));
      return objective.encode(examples, training);
    }

    @Override
    public NDArray loss(NDList rows, Labels labels, NDArray part) {
      return objective.loss(rows, labels, part);
    }
  }

  private static Replicas<DeviceBatch> replicas(DualEncoder model, String stage, int count) {
    return new Replicas<>(
        model,
        Collections.nCopies(count, TestDevice.get()),
        one -> BatchLossTest.objective(one, stage));
  }

  private static BatchLoss<DeviceBatch> loss(
      DualEncoder model, String stage, int count, MicroBatch microBatch) {
    BatchLoss<DeviceBatch> loss =
        new BatchLoss<>(replicas(model, stage, count), microBatch, Long.MAX_VALUE);
    loss.trained().values().forEach(array -> array.setRequiresGradient(true));
    return loss;
  }

  static Stream<Arguments> splits() {
    return Stream.of("contrastive", "learnable", "twins", "sigmoid", "heads", "both")
        .flatMap(
            stage ->
                Stream.of(
                    Arguments.of(stage, 2, 0),
                    Arguments.of(stage, 2, 1),
                    Arguments.of(stage, 2, 2),
                    Arguments.of(stage, 2, 3),
                    Arguments.of(stage, 3, 0),
                    Arguments.of(stage, 3, 2),
                    Arguments.of(stage, 8, 0)));
  }

  /** Dropout is on. With eight devices one of them has nothing to do. */
  @ParameterizedTest
  @MethodSource("splits")
  void gradientsAreThoseOfOneGraph(String stage, int count, int most) {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x");
        BatchLoss<DeviceBatch> loss = loss(first.model(), stage, count, MicroBatch.of(most))) {
      int share = (BatchLossTest.SIZE + count - 1) / count;
      double value =
          loss.differentiate(
              BatchLossTest.minibatch(first), BatchLossTest.SEED, BatchLossTest.STEP, 1);
      Result devices = Result.of(value, loss.trained());
      Result whole =
          BatchLossTest.inOneGraph(
              second.model(),
              BatchLossTest.objective(second.model(), stage),
              BatchLossTest.minibatch(second),
              most == 0 ? share : Math.min(share, most),
              1);
      devices.assertCloseTo(whole, BatchLossTest.EXACT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 3", // a graph over both
    "4, 4, 3",
    "2, 2 2 2 2, 2 1 2 1", // encoded twice
    "3, 3 1 3 1, 3 3",
  })
  void devicesTakeTurns(int most, String onFirst, String onSecond) {
    List<Watched> watched = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x");
        Replicas<DeviceBatch> replicas =
            new Replicas<>(
                checkpoint.model(),
                List.of(TestDevice.get(), TestDevice.get()),
                model -> {
                  watched.add(new Watched(BatchLossTest.objective(model, "learnable")));
                  return watched.get(watched.size() - 1);
                })) {
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(replicas, MicroBatch.of(most), Long.MAX_VALUE);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      loss.differentiate(BatchLossTest.minibatch(checkpoint), 1, 1, 1);
    }
    assertThat(watched).hasSize(2);
    assertThat(watched.get(0).sizes).isEqualTo(numbers(onFirst));
    assertThat(watched.get(1).sizes).isEqualTo(numbers(onSecond));
  }

  private static List<Integer> numbers(String text) {
    return Stream.of(text.split(" ")).map(Integer::valueOf).toList();
  }

  /** Losses of six steps, and the weights behind them. */
  private record Training(List<Double> losses, Map<String, float[]> weights) {}

  private static Training train(String stage, int count, int most, MatrixType type) {
    List<Double> losses = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x");
        BatchLoss<DeviceBatch> loss = loss(checkpoint.model(), stage, count, MicroBatch.of(most))) {
      DualEncoder model = checkpoint.model();
      loss.trainIn(type);
      try (AdamW adamW = new AdamW(model.operations(), model.newScope(), loss.trained(), ADAMW)) {
        for (int step = 0; step < 6; step++) {
          losses.add(loss.differentiate(BatchLossTest.minibatch(checkpoint), 1, step, 1));
          adamW.step(ADAMW.lr(), adamW.gradientNorm(), 1);
        }
      }
      losses.add(loss.value(BatchLossTest.minibatch(checkpoint)));
      Map<String, float[]> weights = new LinkedHashMap<>();
      model.parameters().forEach((name, array) -> weights.put(name, array.toFloatArray()));
      return new Training(losses, weights);
    }
  }

  /** The same parts on one device: the same masks, so the same numbers. */
  @ParameterizedTest
  @CsvSource({
    "learnable,2,4,FP32",
    "learnable,2,2,FP32",
    "learnable,3,2,FP32",
    "twins,2,2,FP32",
    "sigmoid,2,4,FP32",
    "heads,2,4,FP32",
    "both,2,4,FP32",
    "both,2,3,FP32",
    "both,2,4,BF16"
  })
  void severalStepsAreThoseOfOneDevice(String stage, int count, int most, MatrixType type) {
    Training one = train(stage, 1, most, type);
    Training several = train(stage, count, most, type);
    assertThat(one.losses().get(5)).isNotCloseTo(one.losses().get(0), within(1e-3));
    double tolerance = type == MatrixType.FP32 ? 1e-5 : 1e-2;
    for (int i = 0; i < one.losses().size(); i++) {
      assertThat(several.losses().get(i)).isCloseTo(one.losses().get(i), within(tolerance));
    }
    one.weights()
        .forEach(
            (name, values) -> {
              if (!name.endsWith("key.bias")) { // its gradient is 0 but for rounding
                assertThat(Golden.difference(several.weights().get(name), values))
                    .as(name)
                    .isLessThanOrEqualTo(tolerance);
              }
            });
  }

  @Test
  void whatDoesNotFitIsDoneInSmallerParts() {
    AtomicInteger failures = new AtomicInteger();
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x");
        Replicas<DeviceBatch> replicas =
            new Replicas<>(
                first.model(),
                Collections.nCopies(2, TestDevice.get()),
                model ->
                    Objectives.forAtMost(2, BatchLossTest.objective(model, "both"), failures))) {
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(replicas, MicroBatch.AUTO, Long.MAX_VALUE);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      double value =
          loss.differentiate(
              BatchLossTest.minibatch(first), BatchLossTest.SEED, BatchLossTest.STEP, 1);
      assertThat(failures).hasValue(1);
      assertThat(loss.parts().fitting()).isEqualTo(2);
      Result whole =
          BatchLossTest.inOneGraph(
              second.model(),
              BatchLossTest.objective(second.model(), "both"),
              BatchLossTest.minibatch(second),
              2,
              1);
      Result.of(value, loss.trained()).assertCloseTo(whole, BatchLossTest.EXACT);
    }
  }

  /** A capped manager throws at whatever is put into it; only scopes of a step may be opened. */
  @ParameterizedTest
  @CsvSource({"0", "2"})
  void memoryIsFlatOnEachDevice(int most) {
    List<DualEncoder> models = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x");
        Replicas<DeviceBatch> replicas =
            new Replicas<>(
                checkpoint.model(),
                Collections.nCopies(2, TestDevice.get()),
                model -> {
                  models.add(model);
                  return BatchLossTest.objective(model, "both");
                })) {
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(replicas, MicroBatch.of(most), Long.MAX_VALUE);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      List<NDManager> managers = models.stream().map(ReplicasTest::manager).toList();
      assertThat(managers.get(0)).isNotSameAs(managers.get(1));
      List<Integer> before = managers.stream().map(each -> each.getManagedArrays().size()).toList();
      managers.forEach(NDManager::cap);
      for (int step = 0; step < 3; step++) {
        loss.differentiate(BatchLossTest.minibatch(checkpoint), 1, step, 1);
        loss.value(BatchLossTest.minibatch(checkpoint));
      }
      List<Integer> after = managers.stream().map(each -> each.getManagedArrays().size()).toList();
      assertThat(after).isEqualTo(before);
    }
  }

  private static NDManager manager(DualEncoder model) {
    try (NDManager scope = model.newScope()) {
      return scope.getParentManager();
    }
  }

  private TinyRun run(String encoders, int devices, int microBatch) {
    TinyRun run = new TinyRun(folder);
    run.encoders = Encoders.valueOf(encoders);
    run.devices = Collections.nCopies(devices, "cpu");
    run.microBatch = MicroBatch.of(microBatch);
    return run;
  }

  /** Whole runs of both stages, where the towers train along in the second. */
  @Test
  void stagesAreThoseOfOneDevice() throws IOException {
    List<Path> places = new ArrayList<>();
    for (int devices = 1; devices <= 2; devices++) {
      TinyRun run = run("TRAINABLE", devices, TinyRun.BATCH / 2);
      Path place = folder.resolve("devices-" + devices);
      assertThat(run.contrastive(place)).isEqualTo(TrainingLoop.End.COMPLETE);
      assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
      places.add(place);
    }
    for (String stage : List.of("contrastive", "finetune")) {
      List<Double> one = losses(places.get(0), stage);
      List<Double> two = losses(places.get(1), stage);
      assertThat(one).hasSameSizeAs(two).hasSizeGreaterThan(TinyRun.EPOCHS * TinyRun.STEPS);
      for (int i = 0; i < one.size(); i++) {
        assertThat(two.get(i)).as(stage + " line " + i).isCloseTo(one.get(i), within(1e-5));
      }
    }
  }

  private static List<Double> losses(Path place, String stage) throws IOException {
    return TinyRun.metrics(place, stage).stream()
        .map(line -> Double.valueOf(line.replaceAll(".*?\"loss\":([0-9.Ee-]+).*", "$1")))
        .toList();
  }

  @Test
  void anInterruptedRunGoesOnAsIfNothingHadBeen() throws IOException {
    TinyRun run = run("FROZEN", 2, 1);
    run.groupLengths = true;
    Path whole = folder.resolve("whole");
    run.contrastive(whole);
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    TrainingRun interrupted = run.in(cut, () -> steps.get() >= 4, counter);
    assertThat(TinyRun.train(interrupted, "contrastive")).isEqualTo(TrainingLoop.End.INTERRUPTED);
    assertThat(run.contrastive(cut)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertThat(TinyRun.states(cut, "contrastive").get(0))
        .hasSameBinaryContentAs(TinyRun.states(whole, "contrastive").get(0));
  }
}
