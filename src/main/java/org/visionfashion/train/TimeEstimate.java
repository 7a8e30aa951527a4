package org.visionfashion.train;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.FinetuneConfig;
import org.visionfashion.config.FinetuneConfig.Encoders;
import org.visionfashion.data.Split;

/** Says once, after the first steps of a training, how long it will take on this machine. */
final class TimeEstimate implements Observer {

  private static final Logger LOG = LoggerFactory.getLogger(TimeEstimate.class);

  /** The first steps warm caches and threads up. */
  private static final int WARM_UP = 5;

  private static final int MEASURED = 25;

  /** What an example costs that is only encoded, beside one that is trained on. */
  private static final double FORWARD = 1.0 / 3;

  private final String what;
  private final double validationPairs;
  private final double laterPairs;
  private int steps;
  private long examples;
  private double seconds;

  private TimeEstimate(String what, TrainingRun run, double laterPairs) {
    this.what = what;
    // Once for the loss, once for the scores.
    this.validationPairs = 2 * FORWARD * run.dataset().split(Split.VALIDATION).size();
    this.laterPairs = laterPairs;
  }

  /** For the stage that is trained next. */
  static TimeEstimate ofStage(TrainingRun run) {
    return new TimeEstimate("this stage", run, 0);
  }

  /** For both stages where both are still to be trained, else for the second. */
  static TimeEstimate ofBoth(TrainingRun run) {
    return run.folder().readStatus().filter(status -> status.contrastiveDone()).isPresent()
        ? ofStage(run)
        : new TimeEstimate("both stages", run, stageTwo(run));
  }

  /** Pairs of stage two, counted as if all were trained on. */
  private static double stageTwo(TrainingRun run) {
    FinetuneConfig config = run.config().finetune();
    int train = run.dataset().split(Split.TRAIN).size();
    int validation = run.dataset().split(Split.VALIDATION).size();
    return config.encoders() == Encoders.FROZEN
        ? FORWARD * (train + validation)
        : config.epochs() * (train + 2 * FORWARD * validation);
  }

  @Override
  public void step(Step step) {
    steps++;
    if (steps > WARM_UP && steps <= WARM_UP + MEASURED) {
      examples += step.timing().examples();
      seconds += step.timing().seconds();
    }
    if (steps == WARM_UP + MEASURED) {
      LOG.info(text(step.place()));
    }
  }

  String text(Place place) {
    double rate = examples / seconds;
    double batch = (double) examples / MEASURED;
    double pairs =
        batch * (place.steps() - place.step())
            + validationPairs * (place.epochs() - place.epoch() + 1)
            + laterPairs;
    return String.format(
        Locale.ROOT,
        "About %s for %s on this machine (%.0f pairs/s)",
        duration(pairs / rate),
        what,
        rate);
  }

  /** In the largest unit that says enough. */
  static String duration(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    double minutes = seconds / 60;
    return minutes < 90
        ? Math.round(minutes) + " min"
        : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }
}
