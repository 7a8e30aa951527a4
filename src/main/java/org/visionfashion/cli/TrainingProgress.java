package org.visionfashion.cli;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.train.Observer;
import org.visionfashion.train.Validation;

/** A bar on a terminal while a stage trains, and a line per epoch everywhere. */
final class TrainingProgress implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);

  private ProgressBar bar;
  private double waited;
  private double worked;

  @Override
  public void start(Place place, Validation validation) {
    LOG.info("{} start: {} (best so far)", place.stage(), scores(validation));
  }

  @Override
  public void step(Step step) {
    waited += step.timing().waited();
    worked += step.timing().seconds();
    if (!Terminal.present()) {
      return;
    }
    if (bar == null) {
      bar = Terminal.bar(step.place().stage(), step.place().step(), step.place().steps()).build();
    }
    bar.stepTo(step.place().step());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.3f, lr %.1e, %.0f pairs/s, %.0f %% waiting for data",
            step.loss(),
            step.rate(),
            step.timing().rate(),
            100 * step.timing().waitedShare()));
  }

  @Override
  public void epoch(Epoch epoch) {
    close();
    LOG.info(
        String.format(
            Locale.ROOT,
            "%s epoch %d/%d: loss %.3f%s%s; %.0f pairs/s, %.0f %% waiting for data, %s left",
            epoch.place().stage(),
            epoch.place().epoch(),
            epoch.place().epochs(),
            epoch.loss(),
            epoch.validation().map(each -> ", " + scores(each)).orElse(""),
            epoch.validation().isPresent() && epoch.best() ? " (best)" : "",
            epoch.rate(),
            100 * waited / Math.max(worked, 1e-9),
            left(epoch)));
    waited = 0;
    worked = 0;
  }

  private static String scores(Validation validation) {
    StringJoiner scores = new StringJoiner(", ");
    for (Map.Entry<String, Double> score : validation.values().entrySet()) {
      scores.add(String.format(Locale.ROOT, "%s %.3f", score.getKey(), score.getValue()));
    }
    return String.format(Locale.ROOT, "validation loss %.3f, %s", validation.loss(), scores);
  }

  private static String left(Epoch epoch) {
    int epochs = epoch.place().epochs() - epoch.place().epoch();
    long seconds = Math.round(epoch.seconds() * epochs);
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
