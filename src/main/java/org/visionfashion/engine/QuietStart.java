package org.visionfashion.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Runs something with the process's standard error closed. libtorch warns its own JNI binding of a
 * deprecated guard, once, when the first array is made from Java memory; neither DJL nor an
 * environment variable can turn that off, and the user can do nothing about it.
 */
final class QuietStart {

  private static final int STDERR = 2;
  private static final int WRITE_ONLY = 1;

  private QuietStart() {}

  /** The few calls of the C library that are needed. */
  interface C extends Library {
    int open(String path, int flags);

    int dup(int descriptor);

    int dup2(int from, int to);

    int close(int descriptor);
  }

  static void run(Runnable work) {
    if (!Platform.isLinux() && !Platform.isMac()) {
      work.run();
      return;
    }
    C c = Native.load("c", C.class);
    int nothing = c.open("/dev/null", WRITE_ONLY);
    int before = c.dup(STDERR);
    c.dup2(nothing, STDERR);
    try {
      work.run();
    } finally {
      c.dup2(before, STDERR);
      c.close(before);
      c.close(nothing);
    }
  }
}
