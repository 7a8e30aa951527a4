package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.EncodingPrecision;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.weights.checkpoint.TinyModel;

class EncodingTrialTest {

  private static TypeTrial speed(double fp16, double bf16) {
    return new TypeTrial(
        MatrixType.FP32,
        Map.of(MatrixType.FP32, 10.0, MatrixType.FP16, fp16, MatrixType.BF16, bf16),
        8);
  }

  /** The fastest, unless its embeddings are too far off: then the next, or FP32. */
  @ParameterizedTest
  @CsvSource({
    "5, 4, .99991, .99995, BF16",
    "5, 4, .99991, .9998, FP16",
    "5, 4, .9998, .9998, FP32",
    "9.5, 9.9, 1, 1, FP32",
    "5, 30, .9999, 1, FP16"
  })
  void theFastestThatIsCloseEnough(
      double fp16, double bf16, double closeness16, double closenessB, MatrixType expected) {
    List<MatrixType> tried = new ArrayList<>();
    EncodingTrial trial =
        EncodingTrial.of(
            speed(fp16, bf16),
            type -> {
              tried.add(type);
              return type == MatrixType.FP16 ? closeness16 : closenessB;
            });
    assertThat(trial.type()).isEqualTo(expected);
    assertThat(trial.cosines().keySet()).containsExactlyElementsOf(tried);
    assertThat(trial.reason()).contains("fp32 10", "bf16 ");
    tried.forEach(
        type ->
            assertThat(trial.reason())
                .contains(
                    type.label()
                        + " of "
                        + String.format(Locale.ROOT, "%.6f", trial.cosines().get(type))));
  }

  private static DualEncoder model() {
    return new DualEncoder(
        TinyModel.description(40, "contrastive").architecture(),
        TestDevice.get(),
        TinyModel.wide(5));
  }

  private static float[] embeddings(DualEncoder model) {
    try (NDManager scope = model.newScope()) {
      return model
          .imageEmbeddings(
              model.imageFeatures(NoiseInputs.pixels(model.architecture(), 3, scope), false))
          .toFloatArray();
    }
  }

  private static float[] texts(DualEncoder model) {
    try (NDManager scope = model.newScope()) {
      return model
          .textEmbeddings(NoiseInputs.tokens(model.architecture(), 3, 7, scope), false)
          .toFloatArray();
    }
  }

  /** Operands that are kept change no bit; another type changes bits, and FP32 brings them back. */
  @Test
  void encodingInATypeAndBack() {
    try (DualEncoder model = model()) {
      float[] images = embeddings(model);
      float[] texts = texts(model);
      EncodingTrial.settle(model, EncodingPrecision.FP32, 3, 7);
      assertThat(embeddings(model)).isEqualTo(images);
      assertThat(texts(model)).isEqualTo(texts);
      EncodingTrial.settle(model, EncodingPrecision.BF16, 3, 7);
      assertThat(embeddings(model)).isNotEqualTo(images).containsExactly(images, within(0.1f));
      assertThat(texts(model)).isNotEqualTo(texts).containsExactly(texts, within(0.1f));
      EncodingTrial.settle(model, EncodingPrecision.FP32, 3, 7);
      assertThat(embeddings(model)).isEqualTo(images);
      assertThat(texts(model)).isEqualTo(texts);
    }
  }

  @ParameterizedTest
  @EnumSource(EncodingPrecision.class)
  void whateverIsNamedIsWhatIsUsed(EncodingPrecision precision) {
    try (DualEncoder model = model()) {
      MatrixType type = EncodingTrial.settle(model, precision, 3, 7);
      assertThat(type.label())
          .matches(
              precision == EncodingPrecision.AUTO
                  ? "fp32|bf16|fp16"
                  : MatrixType.valueOf(precision.name()).label());
      assertThat(embeddings(model)).hasSize(18);
    }
  }

  @Test
  void measuredOnTheModelItself() {
    try (DualEncoder model = model()) {
      EncodingTrial trial = EncodingTrial.run(model, 4, 7);
      assertThat(trial.speed().milliseconds().keySet())
          .containsExactlyInAnyOrderElementsOf(MatrixType.encodingCandidates(TestDevice.get()));
      trial.cosines().values().forEach(each -> assertThat(each).isBetween(0.9, 1.0));
    }
    assertThat(MatrixType.encodingCandidates(Device.cpu()))
        .containsExactly(MatrixType.FP32, MatrixType.BF16);
  }
}
