package org.visionfashion.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether somebody is watching, and what they see. */
final class Terminal {

  private static final int COLUMNS = 100;

  private Terminal() {}

  /** The launcher says so, for from Java 22 on {@code System.console()} no longer does. */
  static boolean present() {
    return Boolean.getBoolean("visionfashion.terminal");
  }

  /** Its width in characters, as the launcher says; {@value #COLUMNS} where nobody does. */
  static int columns() {
    int columns = Integer.getInteger("visionfashion.columns", COLUMNS);
    return columns > 0 ? columns : COLUMNS;
  }

  /** A bar that begins at {@code start} of {@code total}. */
  static ProgressBarBuilder bar(String task, long start, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .startsFrom(start, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500);
  }
}
