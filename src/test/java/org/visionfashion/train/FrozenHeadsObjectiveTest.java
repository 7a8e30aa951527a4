package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.BatchPlan;
import org.visionfashion.engine.Lanes;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.train.BatchLossTest.Result;
import org.visionfashion.weights.checkpoint.TinyModel;

/** Heads over features: nothing lies behind the rows that a pass could go back through. */
class FrozenHeadsObjectiveTest {

  private static final int SIZE = 16;

  private static Result result(DualEncoder model, int most, Lanes lanes) {
    try (BatchLoss<NDArray> loss =
        new BatchLoss<>(
            new Replicas<>(
                model,
                List.of(model.device()),
                first -> new FrozenHeadsObjective(first, GoldenTrainingTest.HEADS)),
            MicroBatch.of(most),
            Long.MAX_VALUE,
            lanes)) {
      loss.trained().values().forEach(array -> array.setRequiresGradient(true));
      double value = loss.differentiate(minibatch(model), 1, 1, 1);
      Result result = Result.of(value, loss.trained());
      model.operations().zeroGradients(loss.trained().values());
      return result;
    }
  }

  private static Feed.Minibatch<NDArray> minibatch(DualEncoder model) {
    Random random = new Random(3);
    float[][] features_ND = new float[SIZE][model.architecture().image().hidden()];
    for (float[] row : features_ND) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    List<Example> examples =
        IntStream.range(0, SIZE).mapToObj(i -> example(model, i, random)).toList();
    BatchPlan plan = new BatchPlan(SIZE, SIZE, false, false, 1);
    return new FeatureFeed(examples, features_ND, plan).epoch(0, 0).iterator().next();
  }

  private static Example example(DualEncoder model, int i, Random random) {
    byte[] labels = new byte[model.architecture().attributes()];
    for (int a = 0; a < labels.length; a++) {
      labels[a] = (byte) (random.nextInt(3) - 1);
    }
    return new Example("" + i, Path.of(""), "", i % 3 - 1, labels, "", Split.TRAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "true,2,0", // once "element 0 of tensors does not require grad"
    "true,2,5",
    "true,1,0",
    "true,1,5",
    "false,2,0",
    "false,2,5",
    "false,1,0",
    "false,1,5"
  })
  void anyNumberOfThreadsAndPartsGivesTheSameGradients(
      boolean withoutDropout, int threads, int most) {
    try (DualEncoder model =
            withoutDropout ? Golden.model() : TinyModel.checkpoint(1, "x").model();
        Lanes one = Lanes.one();
        Lanes lanes = threads == 2 ? Lanes.two() : Lanes.one()) {
      Result expected = result(model, 0, one);
      result(model, most, lanes).assertCloseTo(expected, BatchLossTest.EXACT);
    }
  }
}
