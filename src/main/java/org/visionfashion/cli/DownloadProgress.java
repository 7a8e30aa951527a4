package org.visionfashion.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.DataRoot;
import org.visionfashion.hub.Hub;
import org.visionfashion.hub.HubDataset;
import org.visionfashion.hub.HubProgress;
import org.visionfashion.hub.HubSettings;
import org.visionfashion.weights.pretrained.HubLocator;

/**
 * A bar for each download on a terminal; elsewhere a line at its beginning and one a minute, so
 * that a log shows how it goes.
 */
final class DownloadProgress implements HubProgress, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);
  private static final long MEBIBYTE = 1 << 20;
  private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private String task = "";
  private ProgressBar bar;
  private long first;
  private long begin;
  private long said;

  DownloadProgress() {
    this(System::nanoTime);
  }

  /** With a clock of its own. */
  DownloadProgress(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Finds published weights; downloads show here. */
  HubLocator hub() {
    return new HubLocator(settings(), this);
  }

  /** The place of a data set, which is fetched first where it is one of the Hub's. */
  DataRoot fetched(DataRoot root) {
    return root.isOnHub() ? new HubDataset(new Hub(settings(), this), this, root).fetch() : root;
  }

  private static HubSettings settings() {
    return HubSettings.fromEnvironment(System.getenv());
  }

  @Override
  public synchronized void update(String name, long done, long total) {
    if (!name.equals(task)) {
      begin(name, done, total);
    }
    if (bar != null) {
      bar.stepTo(done);
    } else if (nanos.getAsLong() - said >= BETWEEN) {
      said = nanos.getAsLong();
      LOG.info(state(done, total));
    }
  }

  private void begin(String name, long done, long total) {
    close();
    task = name;
    first = done;
    begin = nanos.getAsLong();
    said = begin;
    LOG.info("Downloading {}, {} MiB", name, String.format(Locale.ROOT, "%,d", total / MEBIBYTE));
    bar =
        Terminal.present()
            ? Terminal.bar(name, done, total).setUnit(" MiB", MEBIBYTE).showSpeed().build()
            : null;
  }

  /** What an earlier run had fetched says nothing about the rate. */
  private String state(long done, long total) {
    double rate = (done - first) / ((said - begin) * 1e-9);
    String left =
        rate > 0
            ? String.format(Locale.ROOT, "%.0f min left", Math.ceil((total - done) / rate / 60))
            : "nothing arrives";
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d MiB, %.1f MiB/s, %s",
        task,
        done / MEBIBYTE,
        total / MEBIBYTE,
        rate / MEBIBYTE,
        left);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
