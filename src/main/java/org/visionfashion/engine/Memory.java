package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What there is of memory, and how its end shows. */
public final class Memory {

  private static final List<String> EXHAUSTED =
      List.of(
          "CUDA out of memory",
          "CUDA error: out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "CUDNN_STATUS_ALLOC_FAILED",
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
   * is free, on the machine and in each container (cgroup) that the process is in.
   */
  public static long available(Device device) {
    if (device.isGpu()) {
      return Long.MAX_VALUE;
    }
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return available(Path.of("/"), system.getFreeMemorySize());
  }

  /**
   * What Linux says, caches that it could drop included.
   *
   * @param root of the file system
   * @param otherwise where it is not Linux
   */
  static long available(Path root, long otherwise) {
    OptionalLong machine = number(root.resolve("proc/meminfo"), "MemAvailable:");
    if (machine.isEmpty()) {
      return otherwise;
    }
    return containers(root).mapToLong(Memory::free).reduce(machine.getAsLong() * 1024, Math::min);
  }

  /**
   * The folders of the groups whose memory this process counts towards, of either version. A group
   * that is seen from inside has its folder where all groups have theirs.
   */
  private static Stream<Path> containers(Path root) {
    Path groups = root.resolve("sys/fs/cgroup");
    return lines(root.resolve("proc/self/cgroup")).stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .filter(parts -> parts[1].isEmpty() || List.of(parts[1].split(",")).contains("memory"))
        .flatMap(
            parts -> {
              Path all = parts[1].isEmpty() ? groups : groups.resolve("memory");
              Path own = all.resolve(parts[2].substring(1)).normalize();
              return Stream.iterate(own, at -> at.startsWith(all), Path::getParent);
            });
  }

  /** What a group's limit leaves, caches that can be dropped included; no limit is a large one. */
  private static long free(Path group) {
    OptionalLong limit = number(group.resolve("memory.max"), "");
    OptionalLong used = number(group.resolve("memory.current"), "");
    OptionalLong cached = number(group.resolve("memory.stat"), "inactive_file ");
    if (limit.isEmpty()) {
      limit = number(group.resolve("memory.limit_in_bytes"), "");
      used = number(group.resolve("memory.usage_in_bytes"), "");
      cached = number(group.resolve("memory.stat"), "total_inactive_file ");
    }
    return limit.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, limit.getAsLong() - used.orElse(0) + cached.orElse(0));
  }

  /** The number in the first line that begins so. */
  private static OptionalLong number(Path file, String start) {
    return lines(file).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).replaceAll("\\D", ""))
        .filter(digits -> !digits.isEmpty())
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notThere) {
      return List.of();
    }
  }
}
