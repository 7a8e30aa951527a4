package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Lanes;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TensorFloat32;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Labels;
import org.visionfashion.model.Placement;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;
import org.visionfashion.weights.file.SafetensorsFile;

/** A batch in parts gives what it gives in one piece. */
class BatchLossTest {

  static final int SIZE = 7;
  static final int SEED = 3;
  static final int STEP = 5;
  static final double EXACT = 1e-5;

  /** Random pictures, captions of several lengths, labels of which some are unknown. */
  static Feed.Minibatch<DeviceBatch> minibatch(Checkpoint checkpoint) {
    return new PixelFeed.PixelMinibatch(
        0, batch(checkpoint), checkpoint.placement(), Optional.empty());
  }

  private static Batch batch(Checkpoint checkpoint) {
    Random random = new Random(2);
    byte[] pixels_BCHW = new byte[SIZE * 3 * 16 * 8];
    random.nextBytes(pixels_BCHW);
    List<String> captions =
        IntStream.range(0, SIZE).mapToObj(i -> TinyModel.CAPTIONS.get(i * 5 % 4)).toList();
    Tokens tokens = checkpoint.tokens(captions);
    byte[] attributes_BA = new byte[SIZE * TinyModel.SCHEME.attributeCount()];
    for (int i = 0; i < attributes_BA.length; i++) {
      attributes_BA[i] = (byte) (random.nextInt(3) - 1);
    }
    Example example = new Example("", Path.of(""), "", 0, new byte[0], "", Split.TRAIN);
    return new Batch(
        Collections.nCopies(SIZE, example),
        16,
        8,
        pixels_BCHW,
        tokens.length(),
        tokens.ids_BL(),
        tokens.mask_BL(),
        new long[] {-1, 2, -1, 1, 0, 0, -1},
        attributes_BA);
  }

  /** The same examples, the last one first. */
  private static Batch reversed(Batch batch) {
    byte[] pixels_BCHW = new byte[batch.pixels_BCHW().length];
    long[] ids_BL = new long[batch.ids_BL().length];
    long[] mask_BL = new long[ids_BL.length];
    long[] category_B = new long[SIZE];
    byte[] attributes_BA = new byte[batch.attributes_BA().length];
    for (int from = 0; from < SIZE; from++) {
      int to = SIZE - 1 - from;
      copyRow(batch.pixels_BCHW(), from, pixels_BCHW, to);
      copyRow(batch.ids_BL(), from, ids_BL, to);
      copyRow(batch.mask_BL(), from, mask_BL, to);
      copyRow(batch.category_B(), from, category_B, to);
      copyRow(batch.attributes_BA(), from, attributes_BA, to);
    }
    return new Batch(
        batch.examples(),
        batch.height(),
        batch.width(),
        pixels_BCHW,
        batch.length(),
        ids_BL,
        mask_BL,
        category_B,
        attributes_BA);
  }

  private static void copyRow(Object source, int from, Object target, int to) {
    int width = Array.getLength(source) / SIZE;
    System.arraycopy(source, from * width, target, to * width, width);
  }

  static Objective<DeviceBatch> objective(DualEncoder model, String stage) {
    model.operations().assign(model.logScale(), new float[] {(float) Math.log(1 / 0.07)});
    return switch (stage) {
      case "contrastive" -> Objectives.infonce(model);
      case "learnable" -> Objectives.learnable(model);
      case "twins" ->
          new ContrastiveObjective(
              model,
              Binder.of(
                  ObjectiveConfig.class,
                  "learnable_temperature=true",
                  "label_smoothing=0.2",
                  "multi_positive=true"));
      case "sigmoid" -> new ContrastiveObjective(model, ObjectiveConfig.SIGMOID);
      case "heads" -> Objectives.heads(model, new HeadsLoss.Weights(3, 2, 0));
      default -> Objectives.heads(model, new HeadsLoss.Weights(3, 2, 0.5));
    };
  }

  /** What one pass leaves: the loss and the gradient of each trained parameter. */
  record Result(double loss, Map<String, float[]> gradients) {

    static Result of(double loss, Map<String, NDArray> trained) {
      Map<String, float[]> gradients = new LinkedHashMap<>();
      trained.forEach(
          (name, array) -> {
            try (NDArray gradient = array.getGradient()) {
              gradients.put(name, gradient.toFloatArray());
            }
          });
      return new Result(loss, gradients);
    }

    /** Each tensor within a share of its largest number; the gradient of a key's bias is 0. */
    void assertCloseTo(Result expected, double tolerance) {
      assertThat(loss).isCloseTo(expected.loss, within(tolerance * Math.abs(expected.loss)));
      assertThat(gradients.keySet()).isEqualTo(expected.gradients.keySet()).isNotEmpty();
      expected.gradients.forEach(
          (name, values) -> {
            if (!name.endsWith("key.bias")) {
              double largest = Golden.difference(values, new float[values.length]);
              assertThat(largest).as("gradient of " + name).isPositive().isFinite();
              assertThat(Golden.difference(gradients.get(name), values) / largest)
                  .as("gradient of " + name)
                  .isLessThanOrEqualTo(tolerance);
            }
          });
    }
  }

  private static Result inParts(
      DualEncoder model,
      Objective<DeviceBatch> objective,
      Feed.Minibatch<DeviceBatch> minibatch,
      int most,
      double factor) {
    BatchLoss<DeviceBatch> loss = new BatchLoss<>(model, objective, MicroBatch.of(most));
    loss.trained().values().forEach(array -> array.setRequiresGradient(true));
    double value = loss.differentiate(minibatch, SEED, STEP, factor);
    return Result.of(value, loss.trained());
  }

  /** The oracle: every part encoded with its seed, all in one graph, differentiated once. */
  static Result inOneGraph(
      DualEncoder model,
      Objective<DeviceBatch> objective,
      Feed.Minibatch<DeviceBatch> minibatch,
      int most,
      double factor) {
    Map<String, NDArray> trained = new BatchLoss<>(model, objective, MicroBatch.WHOLE).trained();
    trained.values().forEach(array -> array.setRequiresGradient(true));
    try (NDManager scope = model.newScope();
        Gradients recorded = Gradients.record()) {
      List<NDList> parts = new ArrayList<>();
      int index = 0;
      for (int start = 0; start < minibatch.size(); start += most) {
        Machine.seed(SEED, STEP, index++);
        int end = Math.min(minibatch.size(), start + most);
        parts.add(objective.encode(minibatch.place(start, end, scope), true));
      }
      NDList rows = new NDList();
      for (int i = 0; i < parts.get(0).size(); i++) {
        int number = i;
        NDList each = new NDList(parts.stream().map(part -> part.get(number)).toList());
        rows.add(each.size() == 1 ? each.get(0) : NDArrays.concat(each)); // of one it is a copy
      }
      NDArray loss = WholeBatch.loss(objective, rows, minibatch.labels(scope), scope);
      recorded.backward(loss, scope.full(new Shape(), (float) factor));
      return Result.of(loss.toFloatArray()[0], trained);
    }
  }

  static Stream<Arguments> splits() {
    return Stream.of("contrastive", "learnable", "twins", "sigmoid", "heads", "both")
        .flatMap(stage -> IntStream.rangeClosed(1, SIZE + 1).mapToObj(n -> Arguments.of(stage, n)));
  }

  /** Dropout is on; splits that leave a smaller last part are among these. */
  @ParameterizedTest
  @MethodSource("splits")
  void gradientsAreThoseOfOneGraph(String stage, int most) {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x")) {
      Result parts =
          inParts(first.model(), objective(first.model(), stage), minibatch(first), most, 1);
      Result whole =
          inOneGraph(second.model(), objective(second.model(), stage), minibatch(second), most, 1);
      parts.assertCloseTo(whole, EXACT);
    }
  }

  /** The masks of a pass are its seed's: else the test above could not fail. */
  @Test
  void anotherSeedDropsOthers() {
    List<Double> losses = new ArrayList<>();
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      BatchLoss<DeviceBatch> loss =
          new BatchLoss<>(
              checkpoint.model(), objective(checkpoint.model(), "both"), MicroBatch.of(2));
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      for (int step = 0; step < 3; step++) {
        losses.add(loss.differentiate(minibatch(checkpoint), SEED, step % 2, 1));
      }
    }
    assertThat(losses.get(1)).isNotEqualTo(losses.get(0));
    assertThat(losses.get(2)).isEqualTo(losses.get(0));
  }

  @ParameterizedTest
  @CsvSource({"FP32,learnable,64", "FP16,learnable,4096", "FP16,both,1024", "BF16,both,1"})
  void aLossScaleAndOtherTypes(MatrixType type, String stage, double factor) {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x")) {
      first.model().trainIn(type);
      second.model().trainIn(type);
      Result parts =
          inParts(first.model(), objective(first.model(), stage), minibatch(first), 3, factor);
      Result whole =
          inOneGraph(
              second.model(), objective(second.model(), stage), minibatch(second), 3, factor);
      parts.assertCloseTo(whole, type == MatrixType.FP32 ? EXACT : 1e-3);
    }
  }

  /** The reference's batch of eight. */
  record GoldenBatch(SafetensorsFile file) implements Feed.Minibatch<DeviceBatch> {

    @Override
    public int index() {
      return 0;
    }

    @Override
    public List<String> ids() {
      return List.of();
    }

    @Override
    public int size() {
      return 8;
    }

    @Override
    public DeviceBatch place(int start, int end, NDManager scope) {
      DeviceBatch all = GoldenTrainingTest.batch(scope, file, "");
      String rows = start + ":" + end;
      return new DeviceBatch(
          all.pixels_BCHW().get(rows),
          new org.visionfashion.model.Tokens(
              all.tokens().ids_BL().get(rows),
              all.tokens().types_BL().get(rows),
              all.tokens().mask_BL().get(rows)));
    }

    @Override
    public Labels labels(NDManager scope) {
      return GoldenTrainingTest.labels(scope, file, "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stage_one,2",
    "stage_one,3",
    "stage_one,4",
    "stage_two,1",
    "stage_two,3",
    "stage_two,8"
  })
  void gradientsOfTheReference(String stage, int most) throws IOException {
    try (DualEncoder model = Golden.model();
        SafetensorsFile forward = Golden.open("forward.safetensors");
        SafetensorsFile gradients = Golden.open("gradients.safetensors")) {
      Objective<DeviceBatch> objective = GoldenTrainingTest.objective(model, stage);
      Result parts = inParts(model, objective, new GoldenBatch(forward), most, 1);
      Map<String, float[]> expected = new LinkedHashMap<>();
      for (String name : parts.gradients().keySet()) {
        expected.put(name, Golden.floats(gradients, stage + "." + name));
      }
      String loss = stage.equals("stage_one") ? "loss.infonce" : "loss.total";
      parts.assertCloseTo(new Result(Golden.floats(forward, loss)[0], expected), 1e-4);
    }
  }

  private static Result inLanes(DualEncoder model, String stage, MatrixType type, Lanes lanes)
      throws IOException {
    try (SafetensorsFile forward = Golden.open("forward.safetensors");
        BatchLoss<DeviceBatch> loss =
            new BatchLoss<>(
                new Replicas<>(
                    model,
                    List.of(model.device()),
                    first -> GoldenTrainingTest.objective(first, stage)),
                MicroBatch.WHOLE,
                Long.MAX_VALUE,
                lanes)) {
      loss.trainIn(type);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      double value = loss.differentiate(new GoldenBatch(forward), SEED, STEP, 1);
      Result result = Result.of(value, loss.trained());
      model.operations().zeroGradients(loss.trained().values());
      return result;
    }
  }

  @ParameterizedTest
  @CsvSource({"stage_one,FP32", "stage_one_learnable_scale,FP32", "stage_two,FP32"})
  void twoLanesGiveTheGradientsOfOneGraphAndAlwaysTheSame(String stage, MatrixType type)
      throws IOException {
    try (DualEncoder model = Golden.model();
        Lanes none = Lanes.one()) {
      Result whole = inLanes(model, stage, type, none);
      Result halves = inLanes(model, stage, type, Lanes.two());
      halves.assertCloseTo(whole, EXACT);
      for (int again = 0; again < 5; again++) {
        Result repeated = inLanes(model, stage, type, Lanes.two());
        assertThat(repeated.loss()).isEqualTo(halves.loss());
        repeated
            .gradients()
            .forEach((name, values) -> assertThat(values).isEqualTo(halves.gradients().get(name)));
      }
    }
  }

  @Test
  void aFailureInALaneIsTheFailureOfThePass() throws IOException {
    try (DualEncoder model = Golden.model();
        SafetensorsFile forward = Golden.open("forward.safetensors")) {
      Objective<DeviceBatch> broken =
          new Objective<>() {
            @Override
            public boolean trains(String parameter) {
              return true;
            }

            @Override
            public NDList encode(DeviceBatch examples, boolean training) {
              throw new EngineException("not today");
            }

            @Override
            public NDArray loss(NDList rows, Labels labels, NDArray part) {
              throw new AssertionError();
            }
          };
      try (BatchLoss<DeviceBatch> loss =
          new BatchLoss<>(
              new Replicas<>(model, List.of(model.device()), first -> broken),
              MicroBatch.WHOLE,
              Long.MAX_VALUE,
              Lanes.two())) {
        assertThatThrownBy(() -> loss.differentiate(new GoldenBatch(forward), SEED, STEP, 1))
            .isInstanceOf(EngineException.class)
            .hasMessage("not today");
      }
    }
  }

  @Test
  void theValueHasNoDropoutAndNoGradients() {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      Objective<DeviceBatch> objective = objective(model, "both");
      double[] values =
          IntStream.of(0, 1, 3, 7)
              .mapToDouble(
                  most ->
                      new BatchLoss<>(model, objective, MicroBatch.of(most))
                          .value(minibatch(checkpoint)))
              .toArray();
      try (NDManager scope = model.newScope()) {
        Feed.Minibatch<DeviceBatch> all = minibatch(checkpoint);
        NDArray loss =
            WholeBatch.loss(objective, all.place(0, SIZE, scope), all.labels(scope), scope, false);
        for (double value : values) {
          assertThat(value).isCloseTo(loss.toFloatArray()[0], within(1e-5));
        }
      }
    }
  }

  /** So the loader may put captions of like length together. */
  @ParameterizedTest
  @ValueSource(strings = {"contrastive", "twins", "sigmoid", "heads", "both"})
  void theOrderOfTheExamplesDoesNotMatter(String stage) {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      Objective<DeviceBatch> objective = objective(checkpoint.model(), stage);
      BatchLoss<DeviceBatch> loss =
          new BatchLoss<>(checkpoint.model(), objective, MicroBatch.of(3));
      Batch batch = batch(checkpoint);
      Batch other = reversed(batch);
      assertThat(other.ids_BL()).isNotEqualTo(batch.ids_BL());
      double value =
          loss.value(
              new PixelFeed.PixelMinibatch(0, batch, checkpoint.placement(), Optional.empty()));
      double otherValue =
          loss.value(
              new PixelFeed.PixelMinibatch(0, other, checkpoint.placement(), Optional.empty()));
      assertThat(otherValue).isCloseTo(value, within(1e-5));
    }
  }

  /** For a GPU they are on their way before they are asked for; here the copy is only early. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void pixelsThatWereUploadedAreTheSame(int most) {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x");
        NDManager scope = checkpoint.model().newScope()) {
      Batch batch = batch(checkpoint);
      Placement placement = checkpoint.placement();
      Optional<NDArray> uploaded = placement.upload(batch, scope);
      placement.upload(reversed(batch), scope); // what is staged for the next must not show
      BatchLoss<DeviceBatch> loss =
          new BatchLoss<>(
              checkpoint.model(), objective(checkpoint.model(), "both"), MicroBatch.of(most));
      double value = loss.value(minibatch(checkpoint));
      try (Feed.Minibatch<DeviceBatch> ahead =
          new PixelFeed.PixelMinibatch(0, batch, placement, uploaded)) {
        assertThat(loss.value(ahead)).isEqualTo(value);
      }
      assertThat(((PtNDArray) uploaded.orElseThrow()).isReleased()).isTrue();
    }
  }

  /** Notes how many examples are encoded at once, and how long their captions are. */
  private record Watched(Objective<DeviceBatch> objective, List<String> sizes)
      implements Objective<DeviceBatch> {

    @Override
    public boolean trains(String parameter) {
      return objective.trains(parameter);
    }

    @Override
    public NDList encode(DeviceBatch examples, boolean training) {
      sizes.add(
          examples.pixels_BCHW().getShape().get(0)
              + "x"
              + examples.tokens().ids_BL().getShape().get(1));
      return objective.encode(examples, training);
    }

    @Override
    public NDArray loss(NDList rows, Labels labels, NDArray part) {
      return objective.loss(rows, labels, part);
    }
  }

  @Test
  void onlyAPartIsEncodedAtOnceAndItsTextIsAsLongAsItsLongestCaption() {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      int[] lengths =
          IntStream.range(0, SIZE)
              .map(i -> checkpoint.tokens(List.of(TinyModel.CAPTIONS.get(i * 5 % 4))).length())
              .toArray();
      assertThat(Arrays.stream(lengths).distinct().count()).isGreaterThan(1);
      List<String> expected = new ArrayList<>();
      for (int start = 0; start < SIZE; start += 2) {
        int end = Math.min(SIZE, start + 2);
        expected.add((end - start) + "x" + Arrays.stream(lengths, start, end).max().orElseThrow());
      }
      expected.addAll(List.copyOf(expected));
      Watched watched =
          new Watched(objective(checkpoint.model(), "contrastive"), new ArrayList<>());
      inParts(checkpoint.model(), watched, minibatch(checkpoint), 2, 1);
      assertThat(watched.sizes()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"7,7", "4,4", "3,2", "1,1"})
  void whatDoesNotFitIsDoneInSmallerParts(int room, int expected) {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x")) {
      Objective<DeviceBatch> small =
          Objectives.forAtMost(room, objective(first.model(), "both"), new AtomicInteger());
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(first.model(), small, MicroBatch.AUTO);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      double value = loss.differentiate(minibatch(first), SEED, STEP, 1);
      Result fitted = Result.of(value, loss.trained());
      assertThat(loss.parts().size(SIZE)).isEqualTo(expected);
      Result whole =
          inOneGraph(
              second.model(), objective(second.model(), "both"), minibatch(second), expected, 1);
      fitted.assertCloseTo(whole, EXACT);
    }
  }

  /** The failure comes when the gradients of some parts are there already: they are forgotten. */
  @Test
  void aFailureInTheMiddleLeavesNoGradients() {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x")) {
      Objective<DeviceBatch> objective = objective(first.model(), "both");
      Feed.Minibatch<DeviceBatch> batch = minibatch(first);
      AtomicInteger left = new AtomicInteger(3 * 4 / 2); // four parts twice: fails in the middle
      Feed.Minibatch<DeviceBatch> failing =
          new Feed.Minibatch<>() {
            @Override
            public int index() {
              return 0;
            }

            @Override
            public List<String> ids() {
              return List.of();
            }

            @Override
            public int size() {
              return batch.size();
            }

            @Override
            public DeviceBatch place(int start, int end, NDManager scope) {
              if (left.getAndDecrement() == 0) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2 GiB.");
              }
              return batch.place(start, end, scope);
            }

            @Override
            public Labels labels(NDManager scope) {
              return batch.labels(scope);
            }
          };
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(first.model(), objective, MicroBatch.AUTO);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      loss.parts().resume(2);
      double value = loss.differentiate(failing, SEED, STEP, 1);
      assertThat(loss.parts().fitting()).isEqualTo(1);
      Result fitted = Result.of(value, loss.trained());
      Result whole =
          inOneGraph(second.model(), objective(second.model(), "both"), minibatch(second), 1, 1);
      fitted.assertCloseTo(whole, EXACT);
    }
  }

  @Test
  void aNumberThatDoesNotFitEndsInOneLine() {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      Objective<DeviceBatch> small =
          Objectives.forAtMost(3, objective(checkpoint.model(), "both"), new AtomicInteger());
      assertThatThrownBy(() -> inParts(checkpoint.model(), small, minibatch(checkpoint), 4, 1))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("micro_batch");
    }
  }

  /** What libtorch says of TF32 while a batch is encoded and compared; on the CPU it is as FP32. */
  @ParameterizedTest
  @CsvSource({"TF32,0,true", "TF32,2,true", "FP32,0,false", "BF16,2,false"})
  void tf32IsAllowedInTrainingPassesAlone(MatrixType type, int most, boolean expected) {
    try (Checkpoint first = TinyModel.checkpoint(1, "x");
        Checkpoint second = TinyModel.checkpoint(1, "x")) {
      List<Boolean> allowed = new ArrayList<>();
      Objective<DeviceBatch> objective = objective(first.model(), "learnable");
      Objective<DeviceBatch> asking =
          new Objective<>() {
            @Override
            public boolean trains(String parameter) {
              return objective.trains(parameter);
            }

            @Override
            public NDList encode(DeviceBatch examples, boolean training) {
              allowed.add(TensorFloat32.isAllowed());
              return objective.encode(examples, training);
            }

            @Override
            public NDArray loss(NDList rows, Labels labels, NDArray part) {
              allowed.add(TensorFloat32.isAllowed());
              return objective.loss(rows, labels, part);
            }
          };
      BatchLoss<DeviceBatch> loss = new BatchLoss<>(first.model(), asking, MicroBatch.of(most));
      loss.trainIn(type);
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      double value = loss.differentiate(minibatch(first), SEED, STEP, 1);
      assertThat(allowed).isNotEmpty().containsOnly(expected);
      allowed.clear();
      loss.value(minibatch(first));
      assertThat(allowed).isNotEmpty().containsOnly(false);
      if (type == MatrixType.TF32 && !TestDevice.get().isGpu()) { // there it changes numbers
        Result.of(value, loss.trained())
            .assertCloseTo(
                inOneGraph(
                    second.model(),
                    objective(second.model(), "learnable"),
                    minibatch(second),
                    most == 0 ? SIZE : most,
                    1),
                EXACT);
      }
    }
  }
}
