package org.visionfashion.train;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.RunFolder;
import org.visionfashion.report.CurvesPage;
import org.visionfashion.report.chart.ChartFont;
import org.visionfashion.report.curves.RunCurves;

/**
 * Keeps {@code curves.html} of a run up to date: after each epoch and each minute, not more often
 * than every few seconds, and at the end. A page that cannot be written stops no training.
 */
final class CurvesRefresh implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CurvesRefresh.class);
  private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long A_MOMENT = Duration.ofSeconds(5).toNanos();

  private final RunFolder run;
  private long last = System.nanoTime();
  private boolean failed;

  CurvesRefresh(RunFolder run) {
    this.run = run;
    try {
      ChartFont.regular(1); // Java loads no font once it ends, and the last page comes then
    } catch (IllegalStateException noFont) {
      failed(noFont);
    }
  }

  @Override
  public void step(StepReport report) {
    refreshAfter(A_MINUTE);
  }

  @Override
  public void epoch(EpochReport report) {
    refreshAfter(A_MOMENT);
  }

  private void refreshAfter(long nanos) {
    if (System.nanoTime() - last >= nanos) {
      write(true);
    }
  }

  private void write(boolean growing) {
    try {
      RunCurves curves = RunCurves.read(run.name(), run.contrastive(), run.finetune());
      CurvesPage.write(List.of(curves), growing, run.curves());
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
    last = System.nanoTime();
  }

  private void failed(Throwable reason) {
    if (!failed) {
      LOG.warn("{} is not kept up to date: {}", run.curves(), reason.getMessage());
    }
    failed = true;
  }

  @Override
  public void close() {
    write(false);
  }
}
