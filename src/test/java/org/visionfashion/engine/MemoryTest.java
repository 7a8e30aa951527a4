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

  @Test
  void memoryOfLinux() throws IOException {
    Path info = folder.resolve("meminfo");
    Files.writeString(info, "MemTotal:  100 kB\nMemFree:  10 kB\nMemAvailable:   25 kB\n");
    assertThat(Memory.available(info, 7)).isEqualTo(25 * 1024);
    assertThat(Memory.available(folder.resolve("none"), 7)).isEqualTo(7);
    assertThat(Memory.available(Device.cpu())).isPositive();
  }
}
