package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.weights.checkpoint.TinyModel;

class TypeTrialTest {

  private static final List<MatrixType> ON_A_CPU = List.of(MatrixType.FP32, MatrixType.BF16);

  private static TypeTrial run(int batch, double fp32, double bf16) {
    return TypeTrial.run(
        ON_A_CPU, batch, (type, examples) -> examples * (type == MatrixType.FP32 ? fp32 : bf16));
  }

  /** With avx512_bf16 alone BF16 is the slower, with amx the faster one. */
  @ParameterizedTest
  @CsvSource({"1, 2.5, FP32", "1, 0.4, BF16", "1, 1, FP32", "1, 0.95, FP32", "1, 50, FP32"})
  void theFasterTypeIsTaken(double fp32, double bf16, MatrixType expected) {
    TypeTrial trial = run(32, fp32, bf16);
    assertThat(trial.type()).isEqualTo(expected);
    assertThat(trial.milliseconds())
        .containsEntry(MatrixType.FP32, 32 * fp32)
        .containsEntry(MatrixType.BF16, 32 * bf16);
    assertThat(trial.reason()).contains("fp32 ", "bf16 ", "32 examples");
  }

  @Test
  void ofSeveralThatAreClearlyFasterTheFastestIsTaken() {
    TypeTrial trial =
        TypeTrial.run(
            List.of(MatrixType.FP32, MatrixType.TF32, MatrixType.BF16),
            8,
            (type, examples) ->
                switch (type) {
                  case FP32 -> 10;
                  case TF32 -> 4;
                  default -> 3.9;
                });
    assertThat(trial.type()).isEqualTo(MatrixType.BF16);
  }

  /** A disturbance in one pass decides nothing: types take turns, and the median counts. */
  @Test
  void onePassThatIsDisturbedDoesNotDecide() {
    List<MatrixType> order = new ArrayList<>();
    TypeTrial trial =
        TypeTrial.run(
            ON_A_CPU,
            8,
            (type, examples) -> {
              order.add(type);
              return order.size() == 4 ? 900 : type == MatrixType.FP32 ? 10 : 20;
            });
    assertThat(trial.type()).isEqualTo(MatrixType.FP32);
    assertThat(order.subList(3, 7))
        .containsExactly(MatrixType.FP32, MatrixType.BF16, MatrixType.FP32, MatrixType.BF16);
  }

  /** However slow the machine, the trial is short: fewer examples, fewer rounds. */
  @Test
  void aSlowMachineTriesLess() {
    double[] spent = {0};
    TypeTrial trial =
        TypeTrial.run(
            ON_A_CPU,
            4096,
            (type, examples) -> {
              double time = examples * (type == MatrixType.FP32 ? 10 : 30);
              spent[0] += time;
              return time;
            });
    assertThat(trial.examples()).isEqualTo(6);
    assertThat(spent[0]).isLessThan(2000);
  }

  @Test
  void layersOfTheModelAreTried() {
    Architecture sizes = TinyModel.description(3, "contrastive").architecture();
    TypeTrial trial = TypeTrial.run(sizes, TestDevice.get(), 8, 5);
    assertThat(trial.milliseconds().keySet()).containsAll(MatrixType.candidates(Device.cpu()));
    assertThat(trial.milliseconds().values()).allMatch(each -> each > 0);
  }
}
