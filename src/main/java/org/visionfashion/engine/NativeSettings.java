package org.visionfashion.engine;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What libtorch needs of the process around it, so that every Java program has it and not only
 * those behind a launcher. What the environment says already is respected. Where the C library
 * cannot be called, or is not glibc, libtorch runs as it comes: slower, and just as right.
 */
final class NativeSettings {

  private static final String TUNABLES = "GLIBC_TUNABLES";
  private static final int KEEP = 0;
  private static final int LOG_ERRORS = 2;

  /**
   * glibc would return the memory of every large tensor to the system and fetch it again, page by
   * page. The numbers are those of {@code malloc.h}.
   */
  private static final List<Tunable> ALLOCATOR =
      List.of(
          new Tunable("mmap_max", -4, 0),
          new Tunable("trim_threshold", -1, -1),
          new Tunable("top_pad", -2, 1 << 28));

  private NativeSettings() {}

  /**
   * A parameter of {@code mallopt}.
   *
   * @param name in GLIBC_TUNABLES below {@code glibc.malloc}; MALLOC_NAME_ is its older spelling
   */
  private record Tunable(String name, int number, int value) {

    boolean isSetIn(C c) {
      String tunables = c.getenv(TUNABLES);
      return (tunables != null && tunables.contains("glibc.malloc." + name + "="))
          || c.getenv("MALLOC_" + name.toUpperCase(Locale.ROOT) + "_") != null;
    }
  }

  /** The few calls of the C library that are needed. */
  interface C extends Library {
    String getenv(String name);

    int setenv(String name, String value, int overwrite);

    int mallopt(int parameter, int value);
  }

  /** To be called before libtorch is loaded: it reads its environment once. */
  static void apply() {
    // DJL would report each start to its makers, and says on each that its optimizer is on.
    setIfAbsent("OPT_OUT_TRACKING", "true");
    setIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
    if (!Platform.isLinux() && !Platform.isMac()) {
      return;
    }
    try {
      C c = Native.load("c", C.class);
      // libtorch's threads wait for each other many hundred times a step. Where they spin, a
      // program
      // that holds one core made a step of the demo 2 to 30 times as slow; where they sleep, 1.1.
      c.setenv("OMP_WAIT_POLICY", "PASSIVE", KEEP);
      c.setenv("THP_MEM_ALLOC_ENABLE", "1", KEEP); // large tensors in huge pages
      if (isGlibc()) {
        ALLOCATOR.stream()
            .filter(each -> !each.isSetIn(c))
            .forEach(each -> c.mallopt(each.number, each.value));
      }
    } catch (LinkageError noSuchLibrary) {
      // the C library's own ways, see above
    }
  }

  private static boolean isGlibc() {
    try {
      return Platform.isLinux() && Function.getFunction("c", "gnu_get_libc_version") != null;
    } catch (UnsatisfiedLinkError noSuchName) {
      return false;
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Does something without libtorch's warnings; its errors still come through. libtorch warns its
   * own JNI binding of a deprecated guard, once, when the first array is made from Java memory;
   * neither DJL nor an environment variable can turn that off, and the user can do nothing about
   * it.
   *
   * @param libraries the folder of the libraries that are loaded
   */
  static void withoutWarnings(Path libraries, Runnable work) {
    Pointer level;
    try {
      Path library = libraries.resolve(System.mapLibraryName("c10"));
      level =
          NativeLibrary.getInstance(library.toString())
              .getGlobalVariableAddress("FLAGS_caffe2_log_level");
    } catch (LinkageError noSuchName) {
      work.run();
      return;
    }
    int before = level.getInt(0);
    level.setInt(0, LOG_ERRORS);
    try {
      work.run();
    } finally {
      level.setInt(0, before);
    }
  }
}
