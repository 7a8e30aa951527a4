package org.visionfashion.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.visionfashion.base.UserError;

/**
 * How long a failing server is borne.
 *
 * @param tries attempts in a row that may fail without getting further
 * @param silence for how long a body may send nothing
 * @param pause what passes between two attempts
 */
record Patience(int tries, Duration silence, Pause pause) {

  /** 1 + 2 + 4 + 8 seconds, then it is told. */
  static final Patience USUAL =
      new Patience(
          5, Duration.ofSeconds(60), failures -> Thread.sleep(1000L << Math.min(failures - 1, 5)));

  /** Waits after so many failures in a row. */
  @FunctionalInterface
  interface Pause {
    void after(int failures) throws InterruptedException;
  }

  /** What may fail and be tried again. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  Patience once() {
    return new Patience(1, silence, pause);
  }

  /**
   * Runs an attempt until it succeeds. One that got further than all before it counts as the first:
   * a large file may break off often.
   *
   * @param reached how far the attempts have got
   * @throws IOException the last attempt's
   */
  <T> T run(Attempt<T> attempt, LongSupplier reached) throws IOException {
    long furthest = reached.getAsLong();
    int failures = 0;
    while (true) {
      try {
        return attempt.run();
      } catch (IOException e) {
        long now = reached.getAsLong();
        failures = now > furthest ? 1 : failures + 1;
        furthest = Math.max(furthest, now);
        if (failures >= tries) {
          throw e;
        }
        rest(failures);
      }
    }
  }

  /** A failure in a few words: some of the network's have no message. */
  static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  static UserError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserError("interrupted while asking the Hub", e);
  }

  private void rest(int failures) {
    try {
      pause.after(failures);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }
}
