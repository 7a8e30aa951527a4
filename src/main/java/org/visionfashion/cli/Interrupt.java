package org.visionfashion.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C (and SIGTERM) as a request to stop. Java answers the signal by its shutdown hooks and then
 * ends with 128 + signal, 130 for Ctrl-C; the hook here raises the flag and holds the end back
 * until the guarded work has saved.
 */
final class Interrupt {

  private static final long PATIENCE_MINUTES = 10;

  private volatile boolean requested;
  private volatile boolean guarding;

  /** Whether the work should save and return. */
  boolean requested() {
    return requested;
  }

  /** What the signal does. */
  void request() {
    requested = true;
  }

  /** Work that saves when it is asked to stop. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Does work that asks {@link #requested} now and then; Java does not end before it returns. */
  <T, E extends Exception> T guard(Work<T, E> work) throws E {
    CountDownLatch saved = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(saved), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    guarding = true;
    try {
      return work.run();
    } finally {
      saved.countDown();
      remove(hook);
    }
  }

  /**
   * Does work of which only a guarded part has anything to save: where the signal comes at another
   * time, such as in an evaluation, Java ends at once, and one line says how to resume.
   */
  <T> T resumable(Supplier<T> work) {
    Thread hook = new Thread(this::sayHowToResume, "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  private void sayHowToResume() {
    if (!guarding) {
      LoggerFactory.getLogger(Interrupt.class).info("Stopped. Run the same command to resume.");
    }
  }

  private void stop(CountDownLatch saved) {
    request();
    LoggerFactory.getLogger(Interrupt.class).info("Stopping after this step, then saving");
    try {
      saved.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove(Thread hook) {
    if (!requested) {
      guarding = false;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        requested = true;
      }
    }
  }
}
