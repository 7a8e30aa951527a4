package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.Precision;

class MatrixTypeTest {

  @Test
  void whatIsNamedIsTaken() {
    assertThat(MatrixType.of(Precision.FP32, Device.cpu())).isEqualTo(MatrixType.FP32);
    assertThat(MatrixType.of(Precision.BF16, Device.cpu())).isEqualTo(MatrixType.BF16);
  }

  @Test
  void whereNoneIsNamedTheMachineIsAskedAndNotItsFlags() {
    assertThat(MatrixType.candidates(Device.cpu()))
        .containsExactly(MatrixType.FP32, MatrixType.BF16);
    assertThatThrownBy(() -> MatrixType.of(Precision.AUTO, Device.cpu()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
