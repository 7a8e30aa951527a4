package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Labels;
import org.visionfashion.weights.file.SafetensorsFile;

/** Losses, gradients and optimizer trajectories of the reference implementation. */
class GoldenTrainingTest {

  /** Category and attribute losses as they are, and nothing else. */
  static final HeadsLoss.Weights HEADS = new HeadsLoss.Weights(1, 1, 0);

  static DeviceBatch batch(NDManager scope, SafetensorsFile file, String prefix) {
    return new DeviceBatch(
        Golden.array(scope, file, prefix + "pixel_values"), Golden.tokens(scope, file, prefix));
  }

  static Labels labels(NDManager scope, SafetensorsFile file, String prefix) {
    float[] labels = Golden.floats(file, prefix + "attribute_labels");
    float[] mask = Golden.floats(file, prefix + "attribute_mask");
    for (int i = 0; i < labels.length; i++) {
      labels[i] = mask[i] == 0 ? -1 : labels[i];
    }
    NDArray attributes = Golden.array(scope, file, prefix + "attribute_labels");
    attributes.set(labels);
    NDArray category_B = Golden.array(scope, file, prefix + "category_labels");
    return new Labels(category_B, attributes, category_B.zerosLike());
  }

  /** The loss of a batch of a file, as one graph. */
  static NDArray loss(
      Objective<DeviceBatch> objective, NDManager scope, SafetensorsFile file, String prefix) {
    return WholeBatch.loss(
        objective, batch(scope, file, prefix), labels(scope, file, prefix), scope, true);
  }

  static Map<String, NDArray> trained(DualEncoder model, Objective<DeviceBatch> objective) {
    return model.parameters().entrySet().stream()
        .filter(entry -> objective.trains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static Objective<DeviceBatch> objective(DualEncoder model, String block) {
    return switch (block) {
      case "stage_two" -> Objectives.heads(model, HEADS);
      case "stage_two_frozen_encoder" -> Objectives.frozenHeads(model, HEADS);
      case "stage_one_learnable_scale" -> Objectives.learnable(model);
      default -> Objectives.infonce(model);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "stage_one,loss.infonce",
    "stage_two,loss.total",
    "stage_one_pooler,loss.infonce_pooler"
  })
  void lossesAndGradients(String stage, String lossName) throws IOException {
    Pooling text = stage.endsWith("pooler") ? Pooling.POOLER : Pooling.CLS;
    try (DualEncoder model = Golden.model(Pooling.CLS, text);
        SafetensorsFile forward = Golden.open("forward.safetensors");
        SafetensorsFile gradients = Golden.open("gradients.safetensors");
        NDManager scope = model.newScope()) {
      Objective<DeviceBatch> objective = objective(model, stage);
      Map<String, NDArray> trained = trained(model, objective);
      trained.values().forEach(array -> array.setRequiresGradient(true));
      try (Gradients recorded = Gradients.record()) {
        NDArray loss = loss(objective, scope, forward, "");
        assertThat(loss.toFloatArray()[0])
            .isCloseTo(Golden.floats(forward, lossName)[0], within(1e-5f));
        recorded.backward(loss);
      }
      List<String> expected =
          gradients.names().stream()
              .filter(name -> name.startsWith(stage + "."))
              .map(name -> name.substring(stage.length() + 1))
              .toList();
      assertThat(expected).isNotEmpty();
      if (!stage.endsWith("pooler")) { // that block holds five of its gradients
        assertThat(trained.keySet()).containsExactlyInAnyOrderElementsOf(expected);
      }
      for (String name : expected) {
        check(name, trained.get(name), Golden.floats(gradients, stage + "." + name));
      }
    }
  }

  private static void check(String name, NDArray parameter, float[] expected) {
    float[] actual;
    try (NDArray gradient = parameter.getGradient()) {
      actual = gradient.toFloatArray();
    }
    if (name.endsWith("key.bias")) { // its true gradient is 0
      assertThat(Golden.difference(actual, new float[actual.length])).isLessThanOrEqualTo(1e-5);
      return;
    }
    double largest = Golden.difference(expected, new float[expected.length]);
    assertThat(Golden.difference(actual, expected) / largest)
        .as("gradient of " + name)
        .isLessThanOrEqualTo(1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "init,loss.infonce_log_scale_init",
    "3.0,loss.infonce_log_scale_3.0",
    "clamped_5.0,loss.infonce_log_scale_clamped_5.0"
  })
  void learnableTemperatureClampedInsideTheForwardPass(String variant, String lossName)
      throws IOException {
    try (DualEncoder model = Golden.model();
        SafetensorsFile forward = Golden.open("forward.safetensors");
        SafetensorsFile gradients = Golden.open("gradients.safetensors");
        NDManager scope = model.newScope()) {
      double value =
          variant.equals("init")
              ? Math.log(1 / 0.07)
              : Double.parseDouble(variant.replace("clamped_", ""));
      model.logScale().set(new float[] {(float) value});
      model.logScale().setRequiresGradient(true);
      try (Gradients recorded = Gradients.record()) {
        NDArray loss = loss(Objectives.learnable(model), scope, forward, "");
        assertThat(loss.toFloatArray()[0])
            .isCloseTo(Golden.floats(forward, lossName)[0], within(2e-5f));
        recorded.backward(loss);
      }
      float expected = Golden.floats(gradients, "log_scale_grad." + variant)[0];
      try (NDArray gradient = model.logScale().getGradient()) {
        assertThat(gradient.toFloatArray()[0])
            .isCloseTo(expected, within(1e-4f * Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stage_one",
    "stage_one_clip50",
    "stage_one_learnable_scale",
    "stage_two",
    "stage_two_frozen_encoder"
  })
  void trajectory(String block) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Golden.text("trajectory.json")).get(block);
    int total = expected.get("total_steps").asInt();
    double warmup = expected.get("warmup_steps").asDouble() / total;
    OptimizerConfig config =
        Binder.of(
            OptimizerConfig.class,
            "clip=" + expected.get("clip_norm").asDouble(),
            "warmup=" + warmup);
    try (DualEncoder model = Golden.model();
        SafetensorsFile batches = Golden.open("batches.safetensors")) {
      Objective<DeviceBatch> objective = objective(model, block);
      Map<String, NDArray> trained = trained(model, objective);
      try (AdamW optimizer = new AdamW(model.operations(), model.newScope(), trained, config)) {
        for (JsonNode step : expected.get("steps")) {
          int i = step.get("step").asInt();
          double lr = Schedule.rate(config, i, total, List.of());
          assertThat(lr).isCloseTo(step.get("lr").asDouble(), within(1e-9));
          try (NDManager scope = model.newScope();
              Gradients recorded = Gradients.record()) {
            NDArray loss = loss(objective, scope, batches, "b" + step.get("batch").asInt() + ".");
            assertThat((double) loss.toFloatArray()[0])
                .as("loss of step " + i)
                .isCloseTo(step.get("loss").asDouble(), within(1e-4));
            recorded.backward(loss);
          }
          double norm = optimizer.gradientNorm();
          assertThat(norm / step.get("grad_norm").asDouble()).isCloseTo(1, within(2e-4));
          optimizer.step(lr, norm, 1);
        }
      }
      checkFinal(expected.get("final"), trained);
    }
  }

  /** The norms see weight decay, which the losses do not. */
  private static void checkFinal(JsonNode expected, Map<String, NDArray> trained) {
    assertThat(expected.size()).isEqualTo(trained.size());
    trained.forEach(
        (name, array) -> {
          String key = name.equals("logit_scale") && !expected.has(name) ? "log_scale" : name;
          assertThat(expected.has(key)).as(key).isTrue();
          if (name.endsWith("key.bias")) {
            return;
          }
          double squares = 0;
          for (float value : array.toType(DataType.FLOAT32, false).toFloatArray()) {
            squares += (double) value * value;
          }
          assertThat(Math.sqrt(squares) / expected.get(key).get("l2").asDouble())
              .as("l2 of " + name)
              .isCloseTo(1, within(1e-5));
        });
  }

  @Test
  void aCategoryLossWithoutLabelsIsZero() {
    try (DualEncoder model = Golden.model();
        NDManager scope = model.newScope()) {
      NDArray logits = scope.ones(new ai.djl.ndarray.types.Shape(2, 3));
      NDArray labels = scope.create(new long[] {-1, -1});
      NDArray all = Parts.Part.whole(2).onHost(scope);
      assertThat(model.operations().call("category_loss", all, logits, labels).toFloatArray()[0])
          .isZero();
    }
  }
}
