package org.visionfashion.report;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.report.chart.ChartFont;
import org.visionfashion.report.curves.RunCurves;
import org.visionfashion.run.RunFolder;

/**
 * Keeps {@code curves.html} of a run up to date while it trains: within seconds of an epoch's end,
 * else once a minute, and when it is closed. It follows {@code metrics.jsonl} on a thread of its
 * own, which costs the new lines and one page of bounded size; nothing that fails here reaches the
 * training.
 */
public final class LiveCurves implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCurves.class);
  private static final long POLL_SECONDS = 5;
  private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final RunFolder run;
  private final RunCurves curves;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "curves");
            daemon.setDaemon(true);
            return daemon;
          });

  private long written = System.nanoTime();
  private int epochsShown;
  private boolean changed;
  private boolean failed;

  /** Begins to follow a run, which need not have written anything yet. */
  public LiveCurves(RunFolder run) {
    this.run = run;
    this.curves = RunCurves.unread(run);
    try {
      ChartFont.regular(1); // Java loads no font once it ends, and the last page comes then
    } catch (IllegalStateException noFont) {
      failed(noFont);
    }
    var unused =
        thread.scheduleWithFixedDelay(
            () -> refresh(System.nanoTime()), POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
  }

  /** Reads what is new, and writes the page if an epoch or a minute has passed. */
  synchronized void refresh(long now) {
    guarded(
        () -> {
          changed |= curves.update();
          if (changed && (curves.epochs() != epochsShown || now - written >= A_MINUTE)) {
            write(true);
            written = now;
          }
        });
  }

  private void write(boolean growing) throws IOException {
    CurvesPage.write(List.of(curves), growing, run.curves());
    epochsShown = curves.epochs();
    changed = false;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      failed(e);
    }
  }

  private void failed(Throwable reason) {
    if (!failed) {
      LOG.warn("{} could not be updated: {}", run.curves(), reason.getMessage());
    }
    failed = true;
  }

  /** Ends the following and writes the page of all that is there. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    guarded(
        () -> {
          curves.update();
          write(false);
        });
  }
}
