package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.Precision;

/** The switch of the libtorch that computes, read by another of its functions than is used. */
class TensorFloat32Test {

  private static final int HIGHEST = 0;
  private static final int HIGH = 1;

  private static Path library(String name) {
    Machine.start();
    return Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName(name));
  }

  /** {@code torch.get_float32_matmul_precision()}. */
  private static int matmulPrecision() {
    NativeLibrary libtorch = NativeLibrary.getInstance(library("torch_cpu").toString());
    Pointer context = libtorch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    return libtorch
        .getFunction("_ZNK2at7Context22float32MatmulPrecisionEv")
        .invokeInt(new Object[] {context});
  }

  @Test
  void isOnWhereProductsAreTf32AndNowhereElse() {
    for (MatrixType type : MatrixType.values()) {
      boolean on = type == MatrixType.TF32;
      assertThat(matmulPrecision()).isEqualTo(HIGHEST);
      assertThat(type.during(TensorFloat32Test::matmulPrecision)).isEqualTo(on ? HIGH : HIGHEST);
      assertThat(type.during(TensorFloat32::isAllowed)).isEqualTo(on);
      assertThat(TensorFloat32.isAllowed()).isFalse();
    }
  }

  @Test
  void isOffAgainBehindAFailure() {
    assertThatThrownBy(
            () ->
                MatrixType.TF32.during(
                    () -> {
                      throw new IllegalStateException("out of memory");
                    }))
        .hasMessage("out of memory");
    assertThat(matmulPrecision()).isEqualTo(HIGHEST);
  }

  @Test
  void stillOnBehindWorkInsideOther() {
    Boolean after =
        MatrixType.TF32.during(
            () -> {
              MatrixType.TF32.during(() -> 0);
              return TensorFloat32.isAllowed();
            });
    assertThat(after).isTrue();
  }

  @Test
  void aLibraryWithoutTheSwitchHasNone() {
    assertThat(TensorFloat32.isAvailable()).isTrue();
    assertThat(TensorFloat32.find(library("torch_cpu"))).isPresent();
    assertThat(TensorFloat32.find(library("c10"))).isEmpty();
    assertThat(TensorFloat32.find(library("missing"))).isEmpty();
  }

  @Test
  void theCpuHasNoTf32() {
    assertThat(MatrixType.of(Precision.TF32, Device.cpu())).isEqualTo(MatrixType.FP32);
  }
}
