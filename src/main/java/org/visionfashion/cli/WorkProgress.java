package org.visionfashion.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.data.Progress;

/** A bar on a terminal; elsewhere a line a minute, so that a log shows that work continues. */
final class WorkProgress implements Progress, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkProgress.class);
  private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

  private final String task;
  private final LongSupplier nanos;
  private final long begin;
  private long said;
  private ProgressBar bar;

  WorkProgress(String task) {
    this(task, System::nanoTime);
  }

  /** With a clock of its own. */
  WorkProgress(String task, LongSupplier nanos) {
    this.task = task;
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
    this.said = begin;
  }

  @Override
  public synchronized void update(int done, int total) {
    if (Terminal.present()) {
      show(done, total);
    } else {
      say(done, total);
    }
  }

  private void show(int done, int total) {
    if (bar == null) {
      bar = Terminal.bar(task, 0, total).build();
    }
    bar.stepTo(done);
  }

  private void say(int done, int total) {
    long now = nanos.getAsLong();
    if (now - said < BETWEEN || done == 0 || done >= total) {
      return;
    }
    said = now;
    double minutes = (now - begin) / (double) BETWEEN * (total - done) / done;
    LOG.info(
        String.format(
            Locale.ROOT, "%s: %,d of %,d, %.0f min left", task, done, total, Math.ceil(minutes)));
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Several pieces of work, one after the other, each with a name. */
  static final class Series implements Function<String, Progress>, AutoCloseable {

    private WorkProgress current;

    @Override
    public Progress apply(String task) {
      close();
      current = new WorkProgress(task);
      return current;
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
      }
    }
  }
}
