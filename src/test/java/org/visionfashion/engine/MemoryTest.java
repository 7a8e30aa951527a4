package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  @TempDir private Path folder;

  /** A million gigabytes: refused at once. */
  @Test
  void whatNoMachineHasIsRefusedInWordsThatAreUnderstood() {
    try (NDManager manager = Machine.newManager(Device.cpu())) {
      EngineException failure =
          catchThrowableOfType(
              EngineException.class, () -> manager.zeros(new Shape(1_000_000, 250_000_000)));
      assertThat(failure).isNotNull();
      assertThat(Memory.isExhausted(failure)).as(failure.getMessage()).isTrue();
    }
  }

  @Test
  void otherFailuresAreOthers() {
    String cuda =
        "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79 GiB";
    assertThat(Memory.isExhausted(new EngineException(cuda))).isTrue();
    String products = "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`";
    assertThat(Memory.isExhausted(new EngineException(products))).isTrue();
    assertThat(Memory.isExhausted(new EngineException("shapes do not fit"))).isFalse();
    assertThat(Memory.isExhausted(new EngineException((String) null))).isFalse();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void machine(String groups) throws IOException {
    write("proc/meminfo", "MemTotal:  9000 kB\nMemFree:  10 kB\nMemAvailable:   8000 kB\n");
    write("proc/self/cgroup", groups);
  }

  @Test
  void memoryOfLinux() throws IOException {
    assertThat(Memory.available(folder, 7)).isEqualTo(7);
    machine("0::/\n");
    assertThat(Memory.available(folder, 7)).isEqualTo(8000 * 1024);
    assertThat(Memory.available(Device.cpu())).isPositive();
  }

  /** What a container already uses is not there, caches that it can drop are. */
  @Test
  void memoryOfAContainer() throws IOException {
    machine("0::/outer/inner\n");
    write("sys/fs/cgroup/outer/memory.max", "1000000\n");
    write("sys/fs/cgroup/outer/memory.current", "900000\n");
    write("sys/fs/cgroup/outer/memory.stat", "anon 800000\ninactive_file 50000\n");
    write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
    write("sys/fs/cgroup/outer/inner/memory.current", "900000\n");
    assertThat(Memory.available(folder, 7)).isEqualTo(150_000);
    write("sys/fs/cgroup/outer/memory.current", "2000000\n");
    assertThat(Memory.available(folder, 7)).isZero();
  }

  /** Version 1, whose folder inside a container is the one of all groups. */
  @Test
  void memoryOfAnOldContainer() throws IOException {
    machine("5:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "400000\n");
    write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 100000\n");
    assertThat(Memory.available(folder, 7)).isEqualTo(700_000);
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"); // none
    assertThat(Memory.available(folder, 7)).isEqualTo(8000 * 1024);
  }
}
