package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.OptimizerConfig.ScheduleKind;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.SafetensorsFile;

/** Matrix products in half the bits against the single-precision reference. */
class LowPrecisionTest {

  @ParameterizedTest
  @CsvSource({"BF16,stage_one", "BF16,stage_two", "FP16,stage_one", "FP16,stage_two"})
  void gradientsPointWhereTheReferencePoints(MatrixType type, String stage) throws IOException {
    try (DualEncoder model = Golden.model(Pooling.CLS, Pooling.CLS);
        SafetensorsFile forward = Golden.open("forward.safetensors");
        SafetensorsFile gradients = Golden.open("gradients.safetensors");
        NDManager scope = model.newScope()) {
      model.trainIn(type);
      Objective<DeviceBatch> objective = GoldenTrainingTest.objective(model, stage);
      Map<String, NDArray> trained = GoldenTrainingTest.trained(model, objective);
      trained.values().forEach(array -> array.setRequiresGradient(true));
      try (Gradients recorded = Gradients.record()) {
        recorded.backward(GoldenTrainingTest.loss(objective, scope, forward, ""));
      }
      double product = 0;
      double actualSquares = 0;
      double expectedSquares = 0;
      for (Map.Entry<String, NDArray> parameter : trained.entrySet()) {
        float[] expected = Golden.floats(gradients, stage + "." + parameter.getKey());
        float[] actual;
        try (NDArray gradient = parameter.getValue().getGradient()) {
          actual = gradient.toFloatArray();
        }
        for (int i = 0; i < actual.length; i++) {
          product += (double) actual[i] * expected[i];
          actualSquares += (double) actual[i] * actual[i];
          expectedSquares += (double) expected[i] * expected[i];
        }
      }
      assertThat(product / Math.sqrt(actualSquares * expectedSquares)).isGreaterThan(0.999);
    }
  }

  /**
   * The rate is 1e-3 from the third step, and the losses fall from 4 to 0.4 within the twelve. bf16
   * has eight bits of mantissa: with nothing but the inputs of forward products rounded to it, all
   * sums, results and gradients in single precision, these losses are up to 0.045 off (measured);
   * 0.01 is out of its reach.
   *
   * @param most largest difference of a step's loss
   */
  @ParameterizedTest
  @CsvSource({
    "BF16,stage_one,0.06",
    "BF16,stage_one_learnable_scale,0.06",
    "BF16,stage_two,0.06",
    "FP16,stage_one,0.01",
    "FP16,stage_one_learnable_scale,0.01",
    "FP16,stage_two,0.01"
  })
  void trajectoryStaysBesideTheReference(MatrixType type, String block, double most)
      throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Golden.text("trajectory.json")).get(block);
    int total = expected.get("total_steps").asInt();
    double warmup = expected.get("warmup_steps").asDouble() / total;
    double clip = expected.get("clip_norm").asDouble();
    OptimizerConfig config =
        new OptimizerConfig(1e-3, 0.01, 0.9, 0.999, 1e-8, clip, ScheduleKind.COSINE, warmup, 1, 0);
    try (DualEncoder model = Golden.model();
        SafetensorsFile batches = Golden.open("batches.safetensors")) {
      model.trainIn(type);
      Objective<DeviceBatch> objective = GoldenTrainingTest.objective(model, block);
      Map<String, NDArray> trained = GoldenTrainingTest.trained(model, objective);
      double furthest = 0;
      double sum = 0;
      try (AdamW optimizer = new AdamW(model.operations(), model.newScope(), trained, config)) {
        for (JsonNode step : expected.get("steps")) {
          try (NDManager scope = model.newScope();
              Gradients recorded = Gradients.record()) {
            String batch = "b" + step.get("batch").asInt() + ".";
            NDArray loss = GoldenTrainingTest.loss(objective, scope, batches, batch);
            double difference = loss.toFloatArray()[0] - step.get("loss").asDouble();
            furthest = Math.max(furthest, Math.abs(difference));
            sum += Math.abs(difference);
            recorded.backward(loss);
          }
          double rate = Schedule.rate(config, step.get("step").asInt(), total, List.of());
          optimizer.step(rate, optimizer.gradientNorm(), 1);
        }
      }
      assertThat(furthest).isLessThan(most);
      assertThat(sum / expected.get("steps").size()).isBetween(1e-5, most / 2); // 0: it was fp32
    }
  }

  @Test
  void outsideTrainingEverythingIsSingle() throws IOException {
    try (DualEncoder model = Golden.model();
        SafetensorsFile forward = Golden.open("forward.safetensors");
        NDManager scope = model.newScope()) {
      NDArray pixels_BCHW = Golden.array(scope, forward, "pixel_values");
      float[] before = model.imageFeatures(pixels_BCHW, false).toFloatArray();
      model.trainIn(MatrixType.BF16);
      assertThat(model.imageFeatures(pixels_BCHW, false).toFloatArray()).isEqualTo(before);
      float[] training = model.imageFeatures(pixels_BCHW, true).toFloatArray();
      assertThat(training).isNotEqualTo(before);
      assertThat(Golden.difference(training, before)).isCloseTo(0, within(0.1));
    }
  }
}
