package org.visionfashion.train;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads beside the training one, which keep no program from ending. */
final class Daemons {

  private Daemons() {}

  /** One thread of this name, which does one work after the other. */
  static ExecutorService one(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
