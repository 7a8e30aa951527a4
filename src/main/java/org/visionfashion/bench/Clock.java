package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is measured: time, and the process's memory. */
final class Clock {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIBIBYTES_A_MEBIBYTE = 1024;
  private static final double BYTES_A_MEBIBYTE = 1024 * 1024;

  private Clock() {}

  static double millisecondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e6;
  }

  /** Waits until the manager's device has done all it was given; a CPU always has. */
  static void await(NDManager manager) {
    try (NDArray last = manager.zeros(new Shape(1))) {
      last.toFloatArray(); // copied behind all that went before
    }
  }

  /** The processor time that this thread has had: other programs beside it do not count. */
  static double threadMilliseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }

  /** The most memory this process has had resident, in MiB; NaN where the system does not say. */
  static double peakMemory() {
    return memory("VmHWM:");
  }

  /** The memory that is resident now, in MiB; NaN where the system does not say. */
  static double memory() {
    return memory("VmRSS:");
  }

  /** What is taken of a GPU's memory, by this process and others, in MiB. */
  static double gpuMemory(Device gpu) {
    return CudaUtils.getGpuMemory(gpu).getUsed() / BYTES_A_MEBIBYTE;
  }

  private static double memory(String key) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(key))
          .mapToDouble(
              line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBIBYTES_A_MEBIBYTE)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
