package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.engine.Lanes;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.train.BatchInParts.TrainingMode;
import org.visionfashion.train.BatchLossTest.GoldenBatch;
import org.visionfashion.train.BatchLossTest.Result;
import org.visionfashion.weights.file.SafetensorsFile;

/** Each pass by itself gives the gradients of the reference implementation. */
class PassTest {

  private static Pass<DeviceBatch> pass(
      String name, Replicas<DeviceBatch> replicas, Lanes lanes, int size) {
    return switch (name) {
      case "oneGraph" -> new OneGraph<>(replicas);
      case "gradCache" -> new GradCachePass<>(replicas);
      default -> {
        LanePass<DeviceBatch> pass = new LanePass<>(replicas, lanes);
        assertThat(pass.suits(size)).isTrue();
        yield pass;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "stage_one,oneGraph,8,1",
    "stage_one,oneGraph,4,1",
    "stage_one,oneGraph,4,2",
    "stage_one,lanes,8,1",
    "stage_one,gradCache,8,1",
    "stage_one,gradCache,3,1",
    "stage_one,gradCache,2,2",
    "stage_two,oneGraph,8,1",
    "stage_two,lanes,8,1",
    "stage_two,gradCache,3,1"
  })
  void gradientsOfTheReference(String stage, String name, int most, int devices)
      throws IOException {
    try (DualEncoder model = Golden.model();
        SafetensorsFile forward = Golden.open("forward.safetensors");
        SafetensorsFile gradients = Golden.open("gradients.safetensors");
        Lanes lanes = Lanes.two();
        Replicas<DeviceBatch> replicas =
            new Replicas<>(
                model,
                Collections.nCopies(devices, TestDevice.get()),
                each -> GoldenTrainingTest.objective(each, stage));
        NDManager scope = model.newScope()) {
      replicas.trained().values().forEach(array -> array.setRequiresGradient(true));
      Feed.Minibatch<DeviceBatch> batch = new GoldenBatch(forward);
      BatchInParts<DeviceBatch> parts =
          new BatchInParts<>(batch, Parts.cut(batch.size(), most), TrainingMode.of(1, 1));
      double loss =
          pass(name, replicas, lanes, batch.size())
              .differentiate(parts, scope.ones(new Shape()), scope);
      replicas.sumGradients();
      Map<String, float[]> expected = new LinkedHashMap<>();
      for (String parameter : replicas.trained().keySet()) {
        expected.put(parameter, Golden.floats(gradients, stage + "." + parameter));
      }
      String lossName = stage.equals("stage_one") ? "loss.infonce" : "loss.total";
      Result.of(loss, replicas.trained())
          .assertCloseTo(new Result(Golden.floats(forward, lossName)[0], expected), 1e-4);
    }
  }

  /** Dropout draws from one source; heads over features have no graph behind their rows. */
  @ParameterizedTest
  @CsvSource({"8,true", "7,false"})
  void lanesNeedEnoughExamples(int size, boolean suits) throws IOException {
    try (DualEncoder model = Golden.model();
        Lanes lanes = Lanes.two();
        Replicas<DeviceBatch> replicas =
            new Replicas<>(model, List.of(model.device()), Objectives::infonce)) {
      assertThat(new LanePass<>(replicas, lanes).suits(size)).isEqualTo(suits);
      assertThat(new LanePass<>(replicas, Lanes.one()).suits(size)).isFalse();
    }
  }
}
