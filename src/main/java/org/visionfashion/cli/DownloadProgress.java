package org.visionfashion.cli;

import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.hub.HubProgress;
import org.visionfashion.hub.HubSettings;
import org.visionfashion.weights.pretrained.HubLocator;

/** A bar for each file on a terminal, a line elsewhere. */
final class DownloadProgress implements HubProgress, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);
  private static final long MEBIBYTE = 1 << 20;

  private String file = "";
  private ProgressBar bar;

  /** Finds published weights; downloads show here. */
  HubLocator hub() {
    return new HubLocator(HubSettings.fromEnvironment(System.getenv()), this);
  }

  @Override
  public synchronized void update(String name, long done, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      LOG.info("Downloading {}, {} MiB", name, String.format("%,d", total / MEBIBYTE));
      bar =
          Terminal.present()
              ? Terminal.bar(name, 0, total).setUnit(" MiB", MEBIBYTE).build()
              : null;
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
