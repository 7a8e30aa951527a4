package org.visionfashion.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether cuBLAS may round the factors of FP32 products to TF32, ten bits of mantissa. DJL has no
 * switch for it; that of libtorch ({@code at::Context}) is called by its exported names, which are
 * those of Linux and macOS. It holds for the whole process; libtorch looks at it whenever it gives
 * a product to a GPU. On the CPU it changes nothing.
 */
public final class TensorFloat32 {

  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String SET = "_ZN2at7Context18setAllowTF32CuBLASEb";
  private static final String GET = "_ZNK2at7Context15allowTF32CuBLASEv";
  private static final int BOOL_BITS = 0xFF; // the rest of the register is anything

  private static final Optional<TensorFloat32> SWITCH = find(libtorch());

  private final Pointer context;
  private final Function set;
  private final Function get;

  private TensorFloat32(NativeLibrary library) {
    context = library.getFunction(CONTEXT).invokePointer(new Object[0]);
    set = library.getFunction(SET);
    get = library.getFunction(GET);
  }

  /** The library that DJL has loaded, by its whole path: a second one would not be the same. */
  private static Path libtorch() {
    Machine.start();
    return Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
  }

  /** Empty where the library has no such names. */
  static Optional<TensorFloat32> find(Path library) {
    try {
      return Optional.of(new TensorFloat32(NativeLibrary.getInstance(library.toString())));
    } catch (LinkageError noSuchNames) {
      return Optional.empty();
    }
  }

  /** Whether this libtorch has the switch. */
  static boolean isAvailable() {
    return SWITCH.isPresent();
  }

  /** Whether it is on now; false where there is none. */
  public static boolean isAllowed() {
    return SWITCH.isPresent()
        && (SWITCH.get().get.invokeInt(new Object[] {SWITCH.get().context}) & BOOL_BITS) != 0;
  }

  /** Does something with it on; afterwards it is as before. */
  static <T> T during(Supplier<T> work) {
    boolean before = isAllowed();
    allow(true);
    try {
      return work.get();
    } finally {
      allow(before);
    }
  }

  private static void allow(boolean allowed) {
    TensorFloat32 there = SWITCH.orElseThrow();
    there.set.invokeVoid(new Object[] {there.context, allowed ? 1 : 0});
  }
}
