package org.visionfashion.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.data.Progress;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.TinyModel;

class BenchTest {

  @TempDir Path folder;

  @Test
  void quartilesByPencil() {
    assertThat(Measured.of(4, 1, 3, 2)).isEqualTo(new Measured(2.5, 1.75, 3.25));
    assertThat(Measured.of(7)).isEqualTo(new Measured(7, 7, 7));
    assertThat(Measured.of(1, 2, 4).map(x -> 4 / x)).isEqualTo(new Measured(2, 4 / 3.0, 4 / 1.5));
  }

  @Test
  void slopeByPencil() {
    assertThat(StepBench.slope(new double[] {1, 3, 5, 7})).isCloseTo(2, within(1e-12));
    assertThat(StepBench.slope(new double[] {5, 5})).isZero();
    assertThat(StepBench.slope(new double[] {5})).isZero();
  }

  /** What a Python user's benchmark counts for the same model. */
  @Test
  void operationsOfAStep() {
    double expected = 6 * (85.05e6 * 50 + 49 * 3072 * 768 + 85.05e6 * 40);
    assertThat(Preset.B32.flopsPerPair() / expected).isCloseTo(1, within(1e-3));
  }

  /** 25 tokens of 192 and 768 in four layers with 3 heads, 24 of 128 and 512 in two with 2. */
  @Test
  void memoryOfAnExampleByPencil() {
    long pictures = 4L * 25 * (9 * 192 + 2 * 768 + 3 * 25);
    long captions = 2L * 24 * (9 * 128 + 2 * 512 + 2 * 24);
    assertThat(Preset.TINY.architecture().trainingBytes(24))
        .isEqualTo(4 * (pictures + captions + 2 * 3 * 96 * 64));
  }

  @Test
  void aSaveHasItsFigures() throws IOException {
    Path place = folder.resolve("save");
    Report report = SaveBench.run(Preset.TINY, place, 2, TestDevice.get());
    assertThat(report.text()).startsWith("Saving the state of TINY");
    assertThat(report.median("pause_by_copy")).isPositive();
    assertThat(report.median("write_ms")).isPositive();
    long weights = 0;
    try (DualEncoder model =
        new DualEncoder(Preset.TINY.architecture(), TestDevice.get(), new RandomValues(1, 0.02))) {
      weights = model.parameterCount();
    }
    assertThat(report.median("state_mb"))
        .isBetween(12.0 * weights / (1 << 20), 12.01 * weights / (1 << 20));
    assertThat(place).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"0,'',1", "2,' in parts of 2',1", "0,'',2"})
  void aStepHasItsFigures(int microBatch, String parts, int devices) throws IOException {
    MicroBatch most = MicroBatch.of(microBatch);
    List<Device> shared = Collections.nCopies(devices, TestDevice.get());
    Report report = new StepBench(Preset.TINY, 3, most, 2, MatrixType.FP32, shared).run();
    JsonNode json = new JsonMapper().readTree(report.json());
    for (String key :
        new String[] {
          "data_ms",
          "forward_ms",
          "backward_ms",
          "optimizer_ms",
          "pairs_per_second",
          "gflops",
          "gemm_gflops",
          "peak_memory_mb"
        }) {
      assertThat(json.get(key).asDouble()).as(key).isPositive();
      assertThat(json.get("quartiles").get(key)).as(key).hasSize(2);
    }
    assertThat(report.text())
        .startsWith("A step of TINY, batch 3" + parts + ", fp32, on " + Machine.describe(shared));
  }

  @Test
  void theOptimizerHasItsFigures() {
    Report report = OptimizerBench.run(Preset.TINY, 2, TestDevice.get());
    assertThat(report.median("norm_ms")).isPositive();
    assertThat(report.median("optimizer_ms")).isPositive();
    assertThat(report.median("parameters_per_second")).isPositive();
  }

  @Test
  void loadingIsMeasuredOnAModelOfItsOwn() throws IOException {
    Report report = LoadBench.run(Preset.TINY, folder.resolve("model"), 1, TestDevice.get());
    assertThat(report.median("load_ms")).isPositive();
    assertThat(report.median("weights_mb")).isBetween(8.0, 12.0);
    assertThat(report.text()).doesNotContain("extra_memory_mb");
    Report again = LoadBench.run(Preset.TINY, folder.resolve("model"), 1, TestDevice.get());
    assertThat(again.text()).contains("extra_memory_mb");
  }

  @Test
  void encodingHasItsFigures() {
    try (DualEncoder model =
        new DualEncoder(Preset.TINY.architecture(), TestDevice.get(), new RandomValues(1, 0.02))) {
      Report report = EncodeBench.run("TINY", model, Preset.TINY.tokens(), 3, 2);
      for (String what : List.of("pictures_at_1", "pictures_at_3", "texts_at_1", "texts_at_3")) {
        assertThat(report.median(what + "_fp32")).as(what).isPositive();
      }
      assertThat(report.text()).contains("TINY", "24 tokens", "auto is ");
    }
  }

  @Test
  void aModelOfOnesOwnIsOpened() throws IOException {
    Path model = folder.resolve("own");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "finetune")) {
      checkpoint.write(model, checkpoint.description(), "");
    }
    Report report = LoadBench.run(model, 1, TestDevice.get());
    assertThat(report.median("load_ms")).isPositive();
    assertThat(report.text()).contains(model.toString(), "extra_memory_mb");
  }

  @Test
  void picturesComeFasterFromTheCache() throws IOException {
    Path pictures = folder.resolve("pictures");
    DemoGenerator.draw(
        pictures, new DemoSpec(LoaderBench.PICTURES, 1, LoaderBench.JPEG_WIDTH), 2, Progress.NONE);
    Report report = LoaderBench.run(pictures, 1);
    assertThat(report.median("cached_by_jpeg")).isGreaterThan(1);
    for (String way :
        List.of(
            "jpeg", "jpeg_imageio", "png", "webp", "jpeg_in_tar", "jpeg_in_parquet", "cached")) {
      assertThat(report.median(way + "_per_second")).as(way).isPositive();
    }
  }

  @Test
  void ranksAreTimed() {
    assertThat(RetrievalBench.run(50, 8, 1).median("seconds")).isPositive();
    assertThat(RetrievalBench.run(50, 8, 1).median("products_seconds")).isPositive();
  }
}
