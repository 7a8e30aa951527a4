package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.visionfashion.config.Precision;

/** A type that matrix products run in. */
public enum MatrixType {
  FP16(5, DataType.FLOAT16),
  FP32(6, DataType.FLOAT32),
  /** FP32 tensors whose products a GPU computes in TF32, see {@link TensorFloat32}. */
  TF32(6, DataType.FLOAT32),
  BF16(15, DataType.BFLOAT16);

  private static final int AMPERE = 80;

  private final int number;
  private final DataType dataType;

  MatrixType(int number, DataType dataType) {
    this.number = number;
    this.dataType = dataType;
  }

  /** The type of its tensors. */
  public DataType dataType() {
    return dataType;
  }

  /** libtorch's number of the type. */
  public int number() {
    return number;
  }

  /** As the configuration spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The precision that names this type. */
  public Precision precision() {
    return Precision.valueOf(name());
  }

  /**
   * Does something with tensors of this type; the FP32 products in it may be TF32 if it is that.
   */
  public <T> T during(Supplier<T> work) {
    return this == TF32 ? TensorFloat32.during(work) : work.get();
  }

  /**
   * What a precision that a configuration names means on a device: FP32 where there is no TF32.
   *
   * @throws IllegalArgumentException for AUTO, which is to be measured
   */
  public static MatrixType of(Precision precision, Device device) {
    return switch (precision) {
      case AUTO -> throw new IllegalArgumentException("no type of its own");
      case FP32 -> FP32;
      case TF32 -> hasTf32(device) ? TF32 : FP32;
      case BF16 -> BF16;
      case FP16 -> FP16;
    };
  }

  /**
   * The types to choose from where none is named, FP32 first. FP16 is not among them: it needs a
   * scaled loss. BF16 is emulated on GPUs older than Ampere.
   */
  public static List<MatrixType> candidates(Device device) {
    if (!device.isGpu()) {
      return List.of(FP32, BF16);
    }
    return Stream.of(FP32, TF32, BF16)
        .filter(type -> type == FP32 || (type == TF32 ? hasTf32(device) : isAmpere(device)))
        .toList();
  }

  /**
   * The types to encode in where none is named, FP32 first. Nothing is scaled there, so FP16 is
   * among them where it is not emulated; the switch of TF32 holds for all threads of a process, and
   * a program may encode in several.
   */
  public static List<MatrixType> encodingCandidates(Device device) {
    return Stream.of(FP32, FP16, BF16)
        .filter(type -> type == FP16 ? device.isGpu() : candidates(device).contains(type))
        .toList();
  }

  private static boolean hasTf32(Device device) {
    return isAmpere(device) && TensorFloat32.isAvailable();
  }

  private static boolean isAmpere(Device device) {
    return device.isGpu()
        && Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE;
  }
}
