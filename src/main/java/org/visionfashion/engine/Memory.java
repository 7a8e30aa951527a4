package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What there is of memory, and how its end shows. */
public final class Memory {

  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";
  private static final long KIBIBYTE = 1024;
  private static final List<String> EXHAUSTED =
      List.of(
          "CUDA out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "DefaultCPUAllocator: can't allocate memory");

  private Memory() {}

  /** Whether a failure of the engine is for want of memory. */
  public static boolean isExhausted(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    return EXHAUSTED.stream().anyMatch(message::contains);
  }

  /**
   * Bytes that may be asked for without a test by asking. A GPU refuses what it does not have: no
   * limit. Linux gives a process what it asks for, and kills it when it uses that: there it is what
   * is free, and no more than the limit of a container.
   */
  public static long available(Device device) {
    if (device.isGpu()) {
      return Long.MAX_VALUE;
    }
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.min(
        available(MEMORY_INFO, system.getFreeMemorySize()), system.getTotalMemorySize());
  }

  /** What Linux says, caches that it could drop included; elsewhere {@code free}. */
  static long available(Path memoryInfo, long free) {
    try {
      return Files.readAllLines(memoryInfo).stream()
          .filter(line -> line.startsWith(AVAILABLE))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst()
          .orElse(free);
    } catch (IOException e) {
      return free;
    }
  }
}
