package org.visionfashion.base;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads beside the training one, which do not keep the program from ending. */
public final class Daemons {

  private Daemons() {}

  /** One thread of this name, which does one task after the other. */
  public static ExecutorService one(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
