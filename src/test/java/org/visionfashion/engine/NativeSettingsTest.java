package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A Java program without a launcher has what the launchers' programs have. */
@EnabledOnOs(OS.LINUX)
class NativeSettingsTest {

  private static final String DISPLAY = "OMP_DISPLAY_ENV";
  private static final int TENSORS = 20;
  private static final int PAGES = (16 << 20) / 4096; // of a tensor

  /** The program. */
  static final class Plain {

    private Plain() {}

    public static void main(String[] arguments) throws IOException {
      try (NDManager manager = Machine.newManager(Device.cpu())) {
        makeTensors(manager);
        long before = faults();
        makeTensors(manager);
        System.out.println("faults " + (faults() - before));
      }
      System.err.println("standard error is open");
    }

    private static void makeTensors(NDManager manager) {
      for (int i = 0; i < TENSORS; i++) {
        manager.ones(new Shape(4 << 20)).close();
      }
    }

    /** How many pages the system has given to this process. */
    private static long faults() throws IOException {
      String fields = Files.readString(Path.of("/proc/self/stat")).replaceAll("(?s)^.*[)] ", "");
      return Long.parseLong(fields.split(" ", -1)[7]);
    }
  }

  private static String run(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Plain.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("OMP_.*|MALLOC_.*|GLIBC_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static int faults(String output) {
    return Integer.parseInt(output.replaceAll("(?s).*faults (\\d+).*", "$1"));
  }

  @Test
  void threadsSleepMemoryIsKeptAndStandardErrorIsLeftAlone()
      throws IOException, InterruptedException {
    String output = run(Map.of(DISPLAY, "true"));
    assertThat(output)
        .contains("OMP_WAIT_POLICY = 'PASSIVE'", "standard error is open")
        .doesNotContain("Warning:"); // of libtorch
    assertThat(faults(output)).isLessThan(TENSORS * PAGES / 4);
  }

  @Test
  void whatTheEnvironmentSaysIsRespected() throws IOException, InterruptedException {
    String output =
        run(
            Map.of(
                DISPLAY,
                "true",
                "THP_MEM_ALLOC_ENABLE",
                "0",
                "OMP_WAIT_POLICY",
                "ACTIVE",
                "GLIBC_TUNABLES",
                "glibc.malloc.mmap_max=65536:glibc.malloc.mmap_threshold=131072"));
    assertThat(output).contains("OMP_WAIT_POLICY = 'ACTIVE'");
    assertThat(faults(output)).isGreaterThan(TENSORS * PAGES / 2);
  }

  /** As on a machine whose temporary folder allows no execution. */
  @Test
  void whereTheLibraryThatCallsCannotBeLoadedTheEngineStartsAllTheSame()
      throws IOException, InterruptedException {
    String output = run(Map.of(), "-Djna.noclasspath=true", "-Djna.nosys=true");
    assertThat(output).contains("standard error is open");
  }

  @Test
  void withoutTheLibraryOfTheWarningsTheWorkIsDone() {
    List<String> done = new ArrayList<>();
    NativeSettings.withoutWarnings(Path.of("/nowhere"), () -> done.add("work"));
    assertThat(done).containsExactly("work");
  }
}
