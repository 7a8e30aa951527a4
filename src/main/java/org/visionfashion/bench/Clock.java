package org.visionfashion.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is measured: time, and the process's memory. */
final class Clock {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIBIBYTES_A_MEBIBYTE = 1024;

  private Clock() {}

  static double millisecondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e6;
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
