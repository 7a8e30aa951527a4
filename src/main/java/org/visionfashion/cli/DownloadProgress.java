package org.visionfashion.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.weights.hub.HubProgress;

/** A bar for each file on a terminal, a line elsewhere. */
final class DownloadProgress implements HubProgress, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);
  private static final long MEBIBYTE = 1 << 20;

  private String file = "";
  private ProgressBar bar;

  @Override
  public synchronized void update(String name, long done, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      LOG.info("Fetching {}, {} MiB", name, String.format("%,d", total / MEBIBYTE));
      bar = Terminal.present() ? bar(name, total) : null;
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  private static ProgressBar bar(String name, long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .setUnit(" MiB", MEBIBYTE)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
