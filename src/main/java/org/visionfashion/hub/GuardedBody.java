package org.visionfashion.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A body that breaks off when it is silent for too long: java.net.http would wait for ever. */
final class GuardedBody extends FilterInputStream {

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(GuardedBody::daemon);

  private volatile boolean heard = true;
  private volatile boolean silent;
  private ScheduledFuture<?> watch;

  private GuardedBody(InputStream body) {
    super(body);
  }

  /**
   * @param silence after once to twice this time without a byte, reading fails
   */
  static GuardedBody of(InputStream body, Duration silence) {
    GuardedBody guarded = new GuardedBody(body);
    long millis = silence.toMillis();
    guarded.watch =
        CLOCK.scheduleWithFixedDelay(guarded::look, millis, millis, TimeUnit.MILLISECONDS);
    return guarded;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    heard = true;
    if (silent) {
      throw new IOException("the server has gone silent");
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    watch.cancel(false);
    super.close();
  }

  private void look() {
    if (heard) {
      heard = false;
      return;
    }
    silent = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reader is told by its own failure.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hub-silence");
    thread.setDaemon(true);
    return thread;
  }
}
