package org.visionfashion.train;

import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what goes wrong in a stage's validations, each kind once and with what to do about it. */
final class TroubleLog implements Observer {

  private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);

  /** Random weights may need an epoch before they tell pictures apart. */
  private static final int SUSPICIOUS = 2;

  /** The weights that the stage began with, where they were scored. */
  private Progress.Best start;

  private boolean saidNoBetter;
  private int collapsedEpochs;

  /** Begins behind a position. */
  TroubleLog(Progress from) {
    start = from.best().epoch() == 0 ? from.best() : Progress.Best.NONE;
  }

  @Override
  public void start(Place place, Validation validation) {
    start = Progress.START.startScored(validation).best();
  }

  @Override
  public void epoch(Epoch epoch) {
    if (epoch.validation().filter(Validation::collapsed).isPresent()) {
      collapsedEpochs++;
      if (collapsedEpochs == SUSPICIOUS) {
        sayCollapsed(epoch.place());
      }
    }
    if (start.isKnown() && !saidNoBetter && !start.isBeatenBy(epoch.validation())) {
      saidNoBetter = true;
      sayNoBetter(epoch.place(), epoch.validation());
    }
  }

  private static void sayCollapsed(Place place) {
    LOG.warn(
        "{} epoch {}: collapsed, all pictures look alike to the model: lower {}.lr or raise {}.warmup"
            + " in another run; this one rarely recovers",
        place.stage(),
        place.epoch(),
        place.stage(),
        place.stage());
  }

  private void sayNoBetter(Place place, Optional<Validation> validation) {
    LOG.warn(
        String.format(
            Locale.ROOT,
            "%s epoch %d is no better than the weights it started from (score %.3f, was %.3f;"
                + " validation loss %.3f, was %.3f): if that goes on, lower %s.lr",
            place.stage(),
            place.epoch(),
            validation.map(Validation::score).orElse(Double.NaN),
            start.score(),
            validation.map(Validation::loss).orElse(Double.NaN),
            start.loss(),
            place.stage()));
  }
}
