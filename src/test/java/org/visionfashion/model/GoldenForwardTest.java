package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.weights.file.SafetensorsFile;

/** Every intermediate of the reference implementation, within 1e-5 (2e-5 where it says so). */
class GoldenForwardTest {

  private static final double TOLERANCE = 1e-5;

  private static SafetensorsFile forward;
  private static DualEncoder model;
  private static NDManager scope;
  private static NDArray pixels;
  private static Tokens tokens;

  @BeforeAll
  static void open() {
    forward = Golden.open("forward.safetensors");
    model = Golden.model();
    scope = model.newScope();
    pixels = Golden.array(scope, forward, "pixel_values");
    tokens = Golden.tokens(scope, forward, "");
  }

  @AfterAll
  static void close() throws IOException {
    scope.close();
    model.close();
    forward.close();
  }

  private static void check(NDArray actual, String name, double tolerance) {
    double difference = Golden.difference(actual.toFloatArray(), Golden.floats(forward, name));
    assertThat(difference).as(name).isLessThanOrEqualTo(tolerance);
  }

  @Test
  void everyHiddenStateOfTheImageTower() {
    List<NDArray> states = model.imageEncoder().hiddenStates(pixels);
    int layers = model.architecture().image().layers();
    assertThat(states).hasSize(layers + 2);
    for (int i = 0; i <= layers; i++) {
      check(states.get(i), "vision.hidden_states." + i, TOLERANCE);
    }
    check(states.get(layers + 1), "vision.last_hidden_state", TOLERANCE);
    check(model.imageFeatures(pixels, false), "vision.pooled", TOLERANCE);
  }

  @Test
  void everyHiddenStateOfTheTextTowerPaddingIncluded() {
    List<NDArray> states = model.textEncoder().hiddenStates(tokens);
    int layers = model.architecture().text().layers();
    assertThat(states).hasSize(layers + 1);
    for (int i = 0; i <= layers; i++) {
      check(states.get(i), "text.hidden_states." + i, TOLERANCE);
    }
    check(model.textEncoder().forward(tokens, false), "text.pooled_cls", TOLERANCE);
  }

  @Test
  void embeddingsAndHeads() {
    NDArray features = model.imageFeatures(pixels, false);
    check(model.imageEmbeddings(features), "image_embeds", TOLERANCE);
    check(model.textEmbeddings(tokens, false), "text_embeds", TOLERANCE);
    check(model.categoryLogits(features), "category_logits", TOLERANCE);
    check(model.attributeLogits(features), "attribute_logits", TOLERANCE);
  }

  @Test
  void poolerVariants() throws IOException {
    try (DualEncoder pooled = Golden.model(Pooling.POOLER, Pooling.POOLER);
        SafetensorsFile image = Golden.open("image_pooler.safetensors");
        NDManager inner = pooled.newScope()) {
      NDArray features = pooled.imageFeatures(Golden.array(inner, forward, "pixel_values"), false);
      assertThat(
              Golden.difference(
                  features.toFloatArray(), Golden.floats(image, "vision.pooler_output")))
          .isLessThanOrEqualTo(TOLERANCE);
      assertThat(
              Golden.difference(
                  pooled.imageEmbeddings(features).toFloatArray(),
                  Golden.floats(image, "image_embeds_pooler")))
          .isLessThanOrEqualTo(TOLERANCE);
      Tokens innerTokens = Golden.tokens(inner, forward, "");
      check(pooled.textEmbeddings(innerTokens, false), "text_embeds_pooler", TOLERANCE);
      check(pooled.textEncoder().forward(innerTokens, false), "text.pooler_output", TOLERANCE);
    }
  }
}
