package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.visionfashion.config.Precision;

/** A type that matrix products run in. */
public enum MatrixType {
  FP16(5),
  FP32(6),
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

  /** What a configured precision means on a device. */
  public static MatrixType of(Precision precision, Device device) {
    return switch (precision) {
      case AUTO -> multipliesBfloat16(device) ? BF16 : FP32;
      case FP32 -> FP32;
      case BF16 -> BF16;
      case FP16 -> FP16;
    };
  }

  /**
   * Whether the device has instructions for it; without them it is slower than FP32, not faster.
   */
  private static boolean multipliesBfloat16(Device device) {
    if (device.isGpu()) {
      return Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE;
    }
    return multipliesBfloat16(CPU_INFO);
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
