package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.visionfashion.config.Precision;

/** A type that matrix products run in. */
public enum MatrixType {
  FP16(5),
  FP32(6),
  /** FP32 tensors whose products a GPU computes in TF32, see {@link TensorFloat32}. */
  TF32(6),
  BF16(15);

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> BF16_INSTRUCTIONS = List.of("avx512_bf16", "amx_bf16");
  private static final int AMPERE = 80;

  private final int number;

  MatrixType(int number) {
    this.number = number;
  }

  /** libtorch's number of the type. */
  public int number() {
    return number;
  }

  /** As the configuration spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Does something with tensors of this type; the FP32 products in it may be TF32 if it is that.
   */
  public <T> T during(Supplier<T> work) {
    return this == TF32 ? TensorFloat32.during(work) : work.get();
  }

  /** What a configured precision means on a device: FP32 where there is no TF32. */
  public static MatrixType of(Precision precision, Device device) {
    return switch (precision) {
      case AUTO -> multipliesBfloat16(device) ? BF16 : FP32;
      case FP32 -> FP32;
      case TF32 -> isAmpere(device) && TensorFloat32.isAvailable() ? TF32 : FP32;
      case BF16 -> BF16;
      case FP16 -> FP16;
    };
  }

  /**
   * Whether the device has instructions for it; without them it is slower than FP32, not faster.
   */
  private static boolean multipliesBfloat16(Device device) {
    return device.isGpu() ? isAmpere(device) : multipliesBfloat16(CPU_INFO);
  }

  private static boolean isAmpere(Device device) {
    return device.isGpu()
        && Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE;
  }

  static boolean multipliesBfloat16(Path cpuInfo) {
    try {
      return Files.isReadable(cpuInfo)
          && BF16_INSTRUCTIONS.stream().anyMatch(Files.readString(cpuInfo)::contains);
    } catch (IOException e) {
      return false; // fp32 is always right
    }
  }
}
