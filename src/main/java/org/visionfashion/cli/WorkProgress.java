package org.visionfashion.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.visionfashion.data.Progress;

/** A bar on a terminal, nothing elsewhere. */
final class WorkProgress implements Progress, AutoCloseable {

  private final String task;
  private ProgressBar bar;

  WorkProgress(String task) {
    this.task = task;
  }

  @Override
  public synchronized void update(int done, int total) {
    if (bar == null && Terminal.present()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
