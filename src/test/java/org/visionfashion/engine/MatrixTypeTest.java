package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.Precision;

class MatrixTypeTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "flags : fpu avx2 avx512f avx512_bf16 rdpid, true",
    "flags : fpu avx2 amx_bf16 amx_tile, true",
    "flags : fpu avx2 avx512f avx512_vnni, false",
    "'', false"
  })
  void theCpuSaysWhetherItMultipliesBfloat16(String flags, boolean expected) throws IOException {
    Path cpuInfo = Files.writeString(temporary.resolve("cpuinfo"), flags);
    assertThat(MatrixType.multipliesBfloat16(cpuInfo)).isEqualTo(expected);
  }

  @Test
  void aMachineThatDoesNotSayComputesInSingle() {
    assertThat(MatrixType.multipliesBfloat16(temporary.resolve("missing"))).isFalse();
  }

  @Test
  void whatIsNamedIsTaken() {
    assertThat(MatrixType.of(Precision.FP32, Device.cpu())).isEqualTo(MatrixType.FP32);
    assertThat(MatrixType.of(Precision.BF16, Device.cpu())).isEqualTo(MatrixType.BF16);
    assertThat(MatrixType.of(Precision.AUTO, Device.cpu())).isNotEqualTo(MatrixType.FP16);
  }
}
