package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.SaveConfig;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;
import org.visionfashion.weights.file.SafetensorsFile;

/** The loop by itself, on made-up batches and judgements. */
class TrainingLoopTest {

  private static final int STEPS = 4;
  private static final SaveConfig SAVE = Binder.of(SaveConfig.class, "every_minutes=0");

  @TempDir private Path folder;

  /** Random pictures with the four captions and some labels; the broken step has a NaN in it. */
  private record MadeUpFeed(Checkpoint checkpoint, int brokenStep) implements Feed<DeviceBatch> {

    @Override
    public int steps() {
      return STEPS;
    }

    @Override
    public Iterable<Minibatch<DeviceBatch>> epoch(int epoch, int firstStep) {
      return () ->
          IntStream.range(firstStep, STEPS)
              .<Minibatch<DeviceBatch>>mapToObj(step -> minibatch(epoch * STEPS + step))
              .iterator();
    }

    private Minibatch<DeviceBatch> minibatch(int step) {
      return new Minibatch<>() {
        @Override
        public int index() {
          return step % STEPS;
        }

        @Override
        public List<String> ids() {
          return List.of("a", "b", "c", "d of step " + step);
        }

        @Override
        public int size() {
          return TinyModel.CAPTIONS.size();
        }

        @Override
        public DeviceBatch place(int start, int end, NDManager scope) {
          float[] pixels = new float[4 * 3 * 16 * 8];
          Random random = new Random(step);
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
          }
          if (step == brokenStep) {
            pixels[17] = Float.NaN;
          }
          int picture = 3 * 16 * 8;
          List<String> captions = TinyModel.CAPTIONS.subList(start, end);
          return new DeviceBatch(
              scope.create(
                  Arrays.copyOfRange(pixels, start * picture, end * picture),
                  new Shape(end - start, 3, 16, 8)),
              checkpoint.placement().place(checkpoint.tokens(captions), scope));
        }

        @Override
        public Labels labels(NDManager scope) {
          return new Labels(
              scope.create(new long[] {0, 1, 2, -1}),
              scope.zeros(new Shape(4, TinyModel.SCHEME.attributeCount())),
              scope.create(new long[] {0, 1, 2, 3}));
        }
      };
    }

    @Override
    public long waitNanos() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static BatchLoss<DeviceBatch> loss(Objective<DeviceBatch> objective, DualEncoder model) {
    return new BatchLoss<>(model, objective, MicroBatch.WHOLE);
  }

  private static TrainingLoop.Settings settings(int epochs, int patience) {
    OptimizerConfig optimizer =
        Binder.of(
            OptimizerConfig.class,
            "lr=0.01",
            "schedule=plateau",
            "plateau_factor=0.5",
            "plateau_patience=0");
    return settings(epochs, patience, optimizer, LossScale.NONE);
  }

  private static TrainingLoop.Settings settings(
      int epochs, int patience, OptimizerConfig optimizer, LossScale lossScale) {
    return new TrainingLoop.Settings(
        "contrastive",
        epochs,
        optimizer,
        TrainingLoop.Start.NEW,
        1,
        patience,
        SAVE,
        lossScale,
        0,
        () -> false);
  }

  /**
   * Losses and loss scales of a run of ten epochs, whose third step has a broken picture or none.
   */
  private List<Observer.Step> lowPrecision(MatrixType type, LossScale start, int brokenStep)
      throws IOException {
    List<Observer.Step> steps = new ArrayList<>();
    Observer observer =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.add(step);
          }
        };
    OptimizerConfig optimizer =
        Binder.of(
            OptimizerConfig.class,
            "lr=0.003",
            "schedule=constant",
            "plateau_factor=0.5",
            "plateau_patience=0");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      checkpoint.model().trainIn(type);
      new TrainingLoop<>(
              settings(10, 0, optimizer, start),
              loss(Objectives.infonce(checkpoint.model()), checkpoint.model()),
              new MadeUpFeed(checkpoint, brokenStep),
              () -> TinyRun.validation(1, 1),
              List.of(observer),
              new StateFolder(
                  folder.resolve(type + " " + start.factor() + " " + brokenStep), "data"))
          .run();
    }
    return steps;
  }

  @Test
  void halfPrecisionSkipsStepsThatOverflowAndLearnsTheSame() throws IOException {
    List<Observer.Step> single = lowPrecision(MatrixType.FP32, LossScale.NONE, -1);
    List<Observer.Step> half = lowPrecision(MatrixType.FP16, LossScale.INITIAL, -1);
    LossScale tooLarge = new LossScale(true, 0x1p40, 0, 0);
    List<Observer.Step> overflowing = lowPrecision(MatrixType.FP16, tooLarge, -1);
    assertThat(half).hasSameSizeAs(single);
    for (int i = 0; i < single.size(); i++) {
      assertThat(half.get(i).loss()).isCloseTo(single.get(i).loss(), within(0.05));
    }
    LossScale last = overflowing.get(overflowing.size() - 1).lossScale();
    assertThat(last.skippedSteps()).isPositive();
    assertThat(last.factor()).isEqualTo(Math.scalb(0x1p40, (int) -last.skippedSteps()));
    assertThat(overflowing.get(0).skipped()).isTrue();
    assertThat(overflowing.get(overflowing.size() - 1).skipped()).isFalse();
    assertThat(overflowing.get(overflowing.size() - 1).gradientNorm()).isFinite();
  }

  @Test
  void aBrokenPictureCostsHalfPrecisionOneStep() throws IOException {
    List<Observer.Step> steps = lowPrecision(MatrixType.FP16, LossScale.INITIAL, 2);
    assertThat(steps.stream().filter(Observer.Step::skipped)).hasSize(1);
    assertThat(steps.get(2).skipped()).isTrue();
    assertThat(steps.get(2).loss()).isNaN();
    assertThat(steps.get(3).loss()).isFinite();
    assertThat(steps.get(3).lossScale().factor()).isEqualTo(32_768);
    Progress progress =
        new StateFolder(folder.resolve(MatrixType.FP16 + " 65536.0 2"), "data").progress();
    assertThat(progress.lossScale()).isEqualTo(steps.get(steps.size() - 1).lossScale());
  }

  private static Map<String, float[]> weights(DualEncoder model) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    model.parameters().forEach((name, array) -> weights.put(name, array.toFloatArray()));
    return weights;
  }

  private static void assertEqual(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @CsvSource({"2,4,2", "1,3,2", "0,6,6"})
  void patienceAndTheBestEpoch(int patience, int epochs, int best) throws IOException {
    double[] scores = {0.5, 0.7, 0.7, 0.6, 0.1, 0.8};
    List<Map<String, float[]>> judged = new ArrayList<>();
    List<Observer.Epoch> reports = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      Supplier<Optional<Validation>> judge =
          () -> {
            judged.add(weights(model));
            return TinyRun.validation(1, scores[judged.size() - 1]);
          };
      Observer observer =
          new Observer() {
            @Override
            public void epoch(Epoch epoch) {
              reports.add(epoch);
            }
          };
      StateFolder state = new StateFolder(folder, "data");
      TrainingLoop.End end =
          new TrainingLoop<>(
                  settings(6, patience),
                  loss(Objectives.learnable(model), model),
                  new MadeUpFeed(checkpoint, -1),
                  judge,
                  List.of(observer),
                  state)
              .run();
      assertThat(end).isEqualTo(TrainingLoop.End.COMPLETE);
      assertThat(reports).hasSize(epochs);
      assertThat(state.progress().epoch()).isEqualTo(epochs);
      assertThat(state.progress().best().epoch()).isEqualTo(best);
      assertThat(reports.stream().map(Observer.Epoch::best).toList().subList(0, 3))
          .containsExactly(true, true, false); // the same score again is not better
      assertEqual(weights(model), judged.get(epochs - 1));
      state.restoreBest(model);
      assertEqual(weights(model), judged.get(best - 1));
    }
  }

  @Test
  void aStageThatIsOverIsNotTrainedOn() throws IOException {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      StateFolder state = new StateFolder(folder, "data");
      for (int i = 0; i < 2; i++) {
        List<Observer.Step> steps = new ArrayList<>();
        Observer observer =
            new Observer() {
              @Override
              public void step(Step step) {
                steps.add(step);
              }
            };
        new TrainingLoop<>(
                settings(2, 0),
                loss(Objectives.infonce(model), model),
                new MadeUpFeed(checkpoint, -1),
                () -> TinyRun.validation(1, 1),
                List.of(observer),
                state)
            .run();
        assertThat(steps).hasSize(i == 0 ? 2 * STEPS : 0);
      }
    }
  }

  @Test
  void thePlateauScheduleHearsTheJudgements() throws IOException {
    double[] losses = {3, 3, 2, 2};
    List<Double> rates = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      List<Observer.Epoch> epochs = new ArrayList<>();
      Observer observer =
          new Observer() {
            @Override
            public void step(Step step) {
              rates.add(step.rate());
            }

            @Override
            public void epoch(Epoch epoch) {
              epochs.add(epoch);
            }
          };
      new TrainingLoop<>(
              settings(4, 0),
              loss(Objectives.infonce(model), model),
              new MadeUpFeed(checkpoint, -1),
              () -> TinyRun.validation(losses[epochs.size()], 1),
              List.of(observer),
              new StateFolder(folder, "data"))
          .run();
    }
    // 16 steps, the first 2 rise; patience 0, so an epoch without gain halves the rate.
    assertThat(rates).startsWith(0.005, 0.01, 0.01, 0.01).hasSize(16);
    assertThat(rates.subList(4, 8)).containsOnly(0.01);
    assertThat(rates.subList(8, 16)).containsOnly(0.005);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5})
  void aLossThatIsNotFiniteStopsTheRunAndUpdatesNothing(int broken) throws IOException {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      List<Map<String, float[]>> after = new ArrayList<>(List.of(weights(model)));
      Observer observer =
          new Observer() {
            @Override
            public void step(Step step) {
              after.add(weights(model));
            }
          };
      TrainingLoop<DeviceBatch> loop =
          new TrainingLoop<>(
              settings(3, 0),
              loss(Objectives.infonce(model), model),
              new MadeUpFeed(checkpoint, broken),
              () -> TinyRun.validation(1, 1),
              List.of(observer),
              new StateFolder(folder, "data"));
      assertThatThrownBy(loop::run)
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith(
              "contrastive step %d (epoch %d): loss NaN".formatted(broken + 1, broken / STEPS + 1))
          .hasMessageContaining("lower contrastive.lr or set contrastive.clip");
      assertThat(after).hasSize(broken + 1);
      assertEqual(weights(model), after.get(broken));
      // What was saved before is still good.
      assertThat(new StateFolder(folder, "data").progress().step())
          .isEqualTo((long) broken / STEPS * STEPS);
    }
  }

  private static TrainingLoop.Settings skipping(int maxSkipped) {
    return new TrainingLoop.Settings(
        "contrastive",
        2,
        settings(2, 0).optimizer(),
        TrainingLoop.Start.NEW,
        1,
        0,
        SAVE,
        LossScale.NONE,
        maxSkipped,
        () -> false);
  }

  @Test
  void aBatchThatIsNotFiniteIsLeftOutWhereTheConfigurationAllowsForIt() throws IOException {
    List<Observer.Step> steps = new ArrayList<>();
    List<Map<String, float[]>> after = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      Observer observer =
          new Observer() {
            @Override
            public void step(Step step) {
              steps.add(step);
              after.add(weights(model));
            }
          };
      new TrainingLoop<>(
              skipping(1),
              loss(Objectives.infonce(model), model),
              new MadeUpFeed(checkpoint, 2),
              () -> TinyRun.validation(1, 1),
              List.of(observer, new BadStepLog(folder)),
              new StateFolder(folder, "data"))
          .run();
    }
    assertThat(steps).hasSize(2 * STEPS);
    assertThat(steps.stream().filter(Observer.Step::skipped)).containsExactly(steps.get(2));
    assertEqual(after.get(2), after.get(1));
    assertThat(after.get(3)).isNotEqualTo(after.get(2));
    Progress progress = new StateFolder(folder, "data").progress();
    assertThat(progress.adapted().notFinite()).isEqualTo(1);
    assertThat(progress.lossScale()).isEqualTo(LossScale.NONE);
    assertThat(progress.step()).isEqualTo(2 * STEPS);
  }

  @Test
  void whatWasNotFiniteIsWrittenDown() throws IOException {
    for (int start = 1; start <= 2; start++) { // the second start meets the same step
      try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
        DualEncoder model = checkpoint.model();
        TrainingLoop<DeviceBatch> loop =
            new TrainingLoop<>(
                skipping(0),
                loss(Objectives.infonce(model), model),
                new MadeUpFeed(checkpoint, 5),
                () -> TinyRun.validation(1, 1),
                List.of(new BadStepLog(folder)),
                new StateFolder(folder, "data"));
        assertThatThrownBy(loop::run).isInstanceOf(TrainingException.class);
      }
    }
    List<String> lines = Files.readAllLines(folder.resolve(BadStepLog.FILE));
    assertThat(lines).hasSize(1);
    JsonNode line = new JsonMapper().readTree(lines.get(0));
    assertThat(line.get("step").asInt()).isEqualTo(6);
    assertThat(line.get("loss").asText()).isEqualTo("NaN");
    assertThat(line.get("ids")).hasSize(4).hasToString("[\"a\",\"b\",\"c\",\"d of step 5\"]");
    assertThat(line.get("grad_norms").get("image_projection.weight").asText()).isEqualTo("NaN");
  }

  /** A capped manager throws at whatever is put into it; only scopes of a step may be opened. */
  @ParameterizedTest
  @CsvSource({
    "contrastive,0",
    "learnable,0",
    "frozen,0",
    "trainable,0",
    "contrastive,3",
    "learnable,1",
    "trainable,3"
  })
  void memoryIsFlat(String stage, int microBatch) throws IOException {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      Objective<DeviceBatch> objective =
          switch (stage) {
            case "contrastive" -> Objectives.infonce(model);
            case "learnable" -> Objectives.learnable(model);
            case "frozen" -> Objectives.frozenHeads(model, GoldenTrainingTest.HEADS);
            default -> Objectives.heads(model, new HeadsLoss.Weights(1, 1, 0.5));
          };
      BatchLoss<DeviceBatch> batchLoss =
          new BatchLoss<>(model, objective, MicroBatch.of(microBatch));
      NDManager manager = manager(model);
      MadeUpFeed feed = new MadeUpFeed(checkpoint, -1);
      List<Integer> arrays = new ArrayList<>();
      Observer counter =
          new Observer() {
            @Override
            public void step(Step step) {
              arrays.add(manager.getManagedArrays().size());
            }
          };
      Supplier<Optional<Validation>> judge =
          () -> {
            double loss = batchLoss.value(feed.epoch(0, 0).iterator().next());
            return TinyRun.validation(loss, 0);
          };
      TrainingLoop<DeviceBatch> loop =
          new TrainingLoop<>(
              settings(5, 0),
              batchLoss,
              feed,
              judge,
              List.of(counter),
              new StateFolder(folder, "data"));
      int before = manager.getManagedArrays().size();
      manager.cap();
      loop.run();
      assertThat(arrays).hasSize(5 * STEPS).containsOnly(before);
      assertThatThrownBy(() -> manager.zeros(new Shape(1)))
          .as("the cap holds")
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Memory for one example is found out once; the state knows it when the run goes on. */
  @Test
  void whatFittedIsPartOfTheState() throws IOException {
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    for (int starts = 1; starts <= 2; starts++) {
      int stop = 3 * starts;
      try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
        Objective<DeviceBatch> small =
            Objectives.forAtMost(1, Objectives.infonce(checkpoint.model()), failures);
        TrainingLoop.Settings settings =
            new TrainingLoop.Settings(
                "contrastive",
                3,
                settings(1, 0).optimizer(),
                TrainingLoop.Start.NEW,
                1,
                0,
                SAVE,
                LossScale.NONE,
                0,
                () -> steps.get() == stop);
        new TrainingLoop<>(
                settings,
                new BatchLoss<>(checkpoint.model(), small, MicroBatch.AUTO),
                new MadeUpFeed(checkpoint, -1),
                () -> TinyRun.validation(1, 1),
                List.of(counter),
                new StateFolder(folder, "data"))
            .run();
      }
      assertThat(new StateFolder(folder, "data").progress().step()).isEqualTo(stop);
      assertThat(new StateFolder(folder, "data").progress().adapted().fittingExamples())
          .isEqualTo(1);
      assertThat(failures).as("4 and 2 examples did not fit").hasValue(2);
    }
  }

  private static NDManager manager(DualEncoder model) {
    try (NDManager scope = model.newScope()) {
      return scope.getParentManager();
    }
  }

  @Test
  void aStateComesBackBitByBit() throws IOException {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x");
        Checkpoint other = TinyModel.checkpoint(2, "x")) {
      new TrainingLoop<>(
              settings(1, 0),
              loss(Objectives.learnable(checkpoint.model()), checkpoint.model()),
              new MadeUpFeed(checkpoint, -1),
              () -> TinyRun.validation(Double.NaN, 0.25),
              List.of(),
              new StateFolder(folder, "data"))
          .run();
      Map<String, NDArray> trained = other.model().parameters();
      try (AdamW adamW =
          new AdamW(
              other.model().operations(),
              other.model().newScope(),
              trained,
              settings(1, 0).optimizer())) {
        assertThatThrownBy(
                () ->
                    new StateFolder(folder, "data")
                        .restore(other.model(), adamW, Map.of(), Map.of()))
            .hasMessageContaining("has no tensor optimizer.first.category_head"); // not trained
      }
      assertEqual(weights(other.model()), weights(checkpoint.model()));
      Progress progress = new StateFolder(folder, "data").progress();
      assertThat(progress.epoch()).isEqualTo(1);
      assertThat(progress.underWay().steps()).isZero();
      assertThat(progress.underWay().loss()).isZero();
      assertThat(progress.best().score()).isEqualTo(0.25);
      assertThat(progress.validationLosses()).containsExactly(Double.NaN);
      try (SafetensorsFile file =
          SafetensorsFile.open(folder.resolve("state-000000004.safetensors"))) {
        assertThat(file.floats("optimizer.steps.logit_scale")).containsExactly(STEPS);
      }
    }
  }

  /**
   * Half precision whose scale cannot shrink any more: counted, marked, and at some point the end.
   */
  @Test
  void aSkippedStepAtTheLeastLossScaleCounts() throws IOException {
    List<Observer.Step> steps = new ArrayList<>();
    Observer observer =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.add(step);
          }
        };
    TrainingLoop.Settings settings =
        new TrainingLoop.Settings(
            "contrastive",
            1,
            settings(1, 0).optimizer(),
            TrainingLoop.Start.NEW,
            1,
            0,
            SAVE,
            new LossScale(true, 1, 0, 0),
            1,
            () -> false);
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      new TrainingLoop<>(
              settings,
              loss(Objectives.infonce(checkpoint.model()), checkpoint.model()),
              new MadeUpFeed(checkpoint, 2),
              () -> TinyRun.validation(1, 1),
              List.of(observer),
              new StateFolder(folder, "data"))
          .run();
    }
    assertThat(steps.get(2).skipped()).isTrue();
    assertThat(steps.get(2).lossScale()).isEqualTo(new LossScale(true, 1, 0, 1));
    assertThat(new StateFolder(folder, "data").progress().adapted().notFinite()).isEqualTo(1);
  }
}
