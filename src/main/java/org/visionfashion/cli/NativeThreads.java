package org.visionfashion.cli;

/** The engine reads its number of threads once, from a system property. */
final class NativeThreads {

  private NativeThreads() {}

  /**
   * To be called before the engine is loaded.
   *
   * @param threads 0 = one a core, the engine's own choice
   */
  static void set(int threads) {
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
  }
}
