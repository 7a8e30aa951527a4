package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.visionfashion.config.Precision;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;

/** The machine's own rate of matrix products: large square ones. */
public final class GemmBench {

  private static final int CPU_SIDE = 2048;
  private static final int GPU_SIDE = 8192; // a smaller one ends before the next is asked for
  private static final int WARM_UP = 2;

  private GemmBench() {}

  /**
   * Multiplies.
   *
   * @return GFLOP/s
   */
  public static Measured rate(Device device, MatrixType type, int repetitions) {
    double[] rates = new double[repetitions];
    double flops = 2.0 * side(device) * side(device) * side(device);
    try (NDManager manager = Machine.newManager(device);
        NDArray a = random(manager, side(device));
        NDArray b = random(manager, side(device));
        NDArray left = a.toType(type.dataType(), true);
        NDArray right = b.toType(type.dataType(), true)) {
      for (int i = -WARM_UP; i < repetitions; i++) {
        long start = System.nanoTime();
        type.during(() -> left.matMul(right)).close();
        Clock.await(manager);
        if (i >= 0) {
          rates[i] = flops / (System.nanoTime() - start);
        }
      }
    }
    return Measured.of(rates);
  }

  private static int side(Device device) {
    return device.isGpu() ? GPU_SIDE : CPU_SIDE;
  }

  private static NDArray random(NDManager manager, int side) {
    return manager.randomNormal(new Shape(side, side));
  }

  /** The report of {@code bench gemm}; FP16 on GPUs only, since few CPUs multiply in it. */
  public static Report run(Device device, int repetitions) {
    Report report = new Report("Matrix products %1$d x %1$d, GFLOP/s".formatted(side(device)));
    for (MatrixType type : MatrixType.values()) {
      if (isMeasured(type, device)) {
        report.add(type.label() + "_gflops", rate(device, type, repetitions));
      }
    }
    return report;
  }

  private static boolean isMeasured(MatrixType type, Device device) {
    return switch (type) {
      case FP32, BF16 -> true;
      case TF32 -> MatrixType.of(Precision.TF32, device) == type;
      case FP16 -> device.isGpu();
    };
  }
}
