package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Placement;
import org.visionfashion.train.HeadsLoss;
import org.visionfashion.train.Objective;
import org.visionfashion.train.Objectives;
import org.visionfashion.train.WholeBatch;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

/**
 * DJL keeps numbers that take part in a product in Java memory, which the collector may free before
 * the backward pass. Here it is made to run in between, and the memory to be used anew.
 */
class CollectedGarbageTest {

  private static final Example EXAMPLE =
      new Example("", Path.of(""), "", 0, new byte[0], "", Split.TRAIN);

  private static Batch batch(Checkpoint checkpoint) {
    byte[] pixels = new byte[4 * 3 * 16 * 8];
    new Random(2).nextBytes(pixels);
    byte[] attributes = new byte[4 * TinyModel.SCHEME.attributeCount()];
    attributes[3] = 1;
    attributes[9] = -1;
    Tokens tokens = checkpoint.tokens(TinyModel.CAPTIONS);
    return new Batch(
        Collections.nCopies(4, EXAMPLE),
        16,
        8,
        pixels,
        tokens.length(),
        tokens.ids_BL(),
        tokens.mask_BL(),
        new long[] {0, 2, -1, 1},
        attributes);
  }

  private static Map<String, float[]> gradients(String stage, Runnable between) {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "x")) {
      DualEncoder model = checkpoint.model();
      Objective<DeviceBatch> objective =
          stage.equals("contrastive")
              ? Objectives.learnable(model)
              : Objectives.heads(model, new HeadsLoss.Weights(1, 1, 0.3));
      model.parameters().values().forEach(array -> array.setRequiresGradient(true));
      Machine.seed(1, 1, 0);
      try (NDManager scope = model.newScope();
          Gradients recorded = Gradients.record()) {
        Batch batch = batch(checkpoint);
        NDArray loss =
            WholeBatch.loss(
                objective,
                checkpoint.placement().place(batch, scope),
                Placement.labels(batch, scope),
                scope,
                true);
        between.run();
        recorded.backward(loss);
      }
      Map<String, float[]> gradients = new LinkedHashMap<>();
      model
          .parameters()
          .forEach(
              (name, array) -> {
                if (objective.trains(name)) {
                  gradients.put(name, array.getGradient().toFloatArray());
                }
              });
      return gradients;
    }
  }

  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      for (int size = 16; size <= 1 << 14; size *= 2) {
        ByteBuffer used = ByteBuffer.allocateDirect(size);
        while (used.hasRemaining()) {
          used.put((byte) 0x7F);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrastive", "heads"})
  void gradientsSurviveACollectionBeforeTheBackwardPass(String stage) {
    Map<String, float[]> expected = gradients(stage, () -> {});
    Map<String, float[]> collected = gradients(stage, CollectedGarbageTest::collect);
    assertThat(collected.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(40);
    expected.forEach(
        (name, gradient) -> assertThat(collected.get(name)).as(name).isEqualTo(gradient));
  }
}
