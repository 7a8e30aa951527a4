package org.visionfashion.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.train.EpochReport;
import org.visionfashion.train.Observer;
import org.visionfashion.train.StepReport;

/** A bar on a terminal while a stage trains, and a line an epoch everywhere. */
final class TrainingProgress implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);

  private ProgressBar bar;
  private double waited;
  private double worked;

  @Override
  public void step(StepReport report) {
    waited += report.waited();
    worked += report.seconds();
    if (!Terminal.present()) {
      return;
    }
    if (bar == null) {
      bar = bar(report);
    }
    bar.stepTo(report.step());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.3f, lr %.1e, %.0f pairs/s, %.0f %% waiting for data",
            report.loss(),
            report.rate(),
            report.examples() / report.seconds(),
            100 * report.waited() / report.seconds()));
  }

  private static ProgressBar bar(StepReport report) {
    return new ProgressBarBuilder()
        .setTaskName(report.stage())
        .setInitialMax(report.steps())
        .startsFrom(report.step(), Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .build();
  }

  @Override
  public void epoch(EpochReport report) {
    StringJoiner scores = new StringJoiner(", ");
    for (Map.Entry<String, Double> score : report.validation().values().entrySet()) {
      scores.add(String.format(Locale.ROOT, "%s %.3f", score.getKey(), score.getValue()));
    }
    close();
    LOG.info(
        String.format(
            Locale.ROOT,
            "%s epoch %d/%d: loss %.3f, validation loss %.3f, %s%s; %.0f pairs/s, %.0f %% waiting"
                + " for data, %s left",
            report.stage(),
            report.epoch(),
            report.epochs(),
            report.loss(),
            report.validation().loss(),
            scores,
            report.best() ? " (best)" : "",
            report.examplesPerSecond(),
            100 * waited / Math.max(worked, 1e-9),
            left(report)));
    waited = 0;
    worked = 0;
  }

  private static String left(EpochReport report) {
    long seconds = Math.round(report.seconds() * (report.epochs() - report.epoch()));
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
