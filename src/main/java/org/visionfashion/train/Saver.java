package org.visionfashion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.Daemons;
import org.visionfashion.config.SaveConfig;

/**
 * Saves in the background: copies on the caller's thread, writes on a thread of its own, one state
 * at a time.
 */
public final class Saver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long LOOK_MILLIS = 100;

  private final StateFolder folder;
  private final Snapshot snapshot;
  private final SaveConfig config;
  private final BooleanSupplier interrupted;
  private final ExecutorService writer = Daemons.one("save");
  private volatile boolean closing;
  private Future<?> underWay;
  private long lastStep;
  private long lastNanos = System.nanoTime();

  /**
   * @param snapshot of what is saved
   * @param lastStep that was saved
   * @param interrupted once true, a failed write is not tried again
   */
  public Saver(
      StateFolder folder,
      Snapshot snapshot,
      SaveConfig config,
      long lastStep,
      BooleanSupplier interrupted) {
    this.folder = folder;
    this.snapshot = snapshot;
    this.config = config;
    this.lastStep = lastStep;
    this.interrupted = interrupted;
  }

  /**
   * Saves if steps or minutes say so and no write is under way: else at the first step after it.
   *
   * @throws IOException where an earlier write failed for good
   */
  void step(Progress progress) throws IOException {
    if (isFree() && isDue(progress.step())) {
      begin(progress, false);
    }
  }

  /** Saves, after the write that may be under way; returns when the copy is made. */
  public void save(Progress progress, boolean best) throws IOException {
    await();
    begin(progress, best);
  }

  /** Waits until all is on the disk. */
  public void await() throws IOException {
    while (!isFree()) {
      try {
        underWay.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException stillWritingOrFailed) {
        // isFree knows which, and throws what failed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a state was written", e);
      }
    }
    isFree();
  }

  /** By the clock that never jumps. */
  private boolean isDue(long step) {
    int steps = config.everySteps();
    double minutes = config.everyMinutes();
    return (steps > 0 && step / steps > lastStep / steps)
        || (minutes > 0 && System.nanoTime() - lastNanos >= minutes * TimeUnit.MINUTES.toNanos(1));
  }

  private boolean isFree() throws IOException {
    if (underWay == null) {
      return true;
    }
    if (!underWay.isDone()) {
      return false;
    }
    Future<?> done = underWay;
    underWay = null;
    try {
      done.get();
      return true;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private IOException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(
        ("the training state cannot be written to %s: %s; fix the cause and run the same command"
                + " again; earlier saves are intact")
            .formatted(folder.path(), cause.getMessage()),
        cause);
  }

  private void begin(Progress progress, boolean best) {
    snapshot.take();
    lastStep = progress.step();
    lastNanos = System.nanoTime();
    underWay =
        writer.submit(
            () -> {
              write(progress, best);
              return null;
            });
  }

  private void write(Progress progress, boolean best) throws IOException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        folder.write(snapshot.tensors(), progress, best, config.keep());
        return;
      } catch (IOException | UncheckedIOException e) {
        if (config.onFailure() == SaveConfig.OnFailure.STOP || isUnwanted()) {
          throw e;
        }
        LOG.warn(
            "Could not write the state of step {} to {}; will retry: {}",
            progress.step(),
            folder.path(),
            e.getMessage());
      }
      sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private boolean isUnwanted() {
    return closing || interrupted.getAsBoolean();
  }

  /** Not longer than the run is wanted. */
  private void sleep(long millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end && !isUnwanted()) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a state was written", e);
      }
    }
  }

  /** Waits for the write under way; why it failed was told to those who waited for it. */
  @Override
  public void close() {
    closing = true;
    writer.shutdown();
    try {
      writer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
