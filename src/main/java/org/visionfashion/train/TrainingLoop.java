package org.visionfashion.train;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.SaveConfig;
import org.visionfashion.model.DualEncoder;

/**
 * The one loop: take a batch, differentiate its loss, update, report; after each epoch validate and
 * save. Knows neither the architecture nor the stage.
 *
 * @param <B> what a batch consists of
 */
public final class TrainingLoop<B> {

  private final Settings settings;
  private final BatchLoss<B> batchLoss;
  private final DualEncoder model;
  private final Feed<B> feed;
  private final Supplier<Optional<Validation>> validation;
  private final List<Observer> observers;
  private final StateFolder state;
  private final Adapters adapters;
  private final AdamW optimizer;
  private final WeightAverage average;
  private final Snapshot snapshot;

  /**
   * How a stage trains.
   *
   * @param stage name for reports
   * @param start what is made of the weights before the first step
   * @param seed seeds dropout, with the step
   * @param patience epochs without a better score before the stage stops, 0 = never
   * @param save when and how
   * @param lossScale that the stage starts with
   * @param maxSkipped steps that may be skipped for numbers that are not finite
   * @param interrupted asked before each step; once true, the loop saves and ends
   */
  public record Settings(
      String stage,
      int epochs,
      OptimizerConfig optimizer,
      Start start,
      long seed,
      int patience,
      SaveConfig save,
      LossScale lossScale,
      int maxSkipped,
      BooleanSupplier interrupted) {}

  /**
   * What is made of the weights that a stage begins with.
   *
   * @param scored whether they are validated before the first step; they are kept where no epoch is
   *     better
   * @param averaged whether the result is averaged with them in the end, see {@link WiseFt}
   */
  public record Start(boolean scored, boolean averaged) {

    /** Weights that have learnt nothing. */
    public static final Start NEW = new Start(false, false);
  }

  /** How a loop ended. */
  public enum End {
    COMPLETE,
    INTERRUPTED
  }

  /**
   * @param validation of the model as it is; empty where there is nothing to validate on: the last
   *     epoch is the best one then
   */
  public TrainingLoop(
      Settings settings,
      BatchLoss<B> batchLoss,
      Feed<B> feed,
      Supplier<Optional<Validation>> validation,
      List<Observer> observers,
      StateFolder state) {
    this.settings = settings;
    this.batchLoss = batchLoss;
    this.model = batchLoss.model();
    this.feed = feed;
    this.validation = validation;
    this.observers = List.copyOf(observers);
    this.state = state;
    this.adapters =
        new Adapters(
            model.operations(),
            model.newScope(),
            batchLoss.trained(),
            settings.optimizer().rates(),
            settings.seed());
    this.optimizer =
        new AdamW(
            model.operations(),
            model.newScope(),
            adapters.trained(),
            settings.optimizer(),
            LayerRates.of(settings.optimizer().rates(), model.architecture())::factor);
    this.average =
        new WeightAverage(
            model.operations(),
            model.newScope(),
            batchLoss.trained(),
            settings.optimizer().averageDecay());
    this.snapshot =
        new Snapshot(
            model.operations(),
            model.newScope(),
            StateFolder.tensors(model, optimizer, average.state(), adapters.state()));
  }

  /**
   * Trains from the saved state, or from the start where there is none.
   *
   * @throws TrainingException where loss or gradients are not finite; nothing was updated by them
   */
  public End run() throws IOException {
    try (adapters;
        optimizer;
        average;
        snapshot) {
      Progress progress = state.restore(model, optimizer, average.state(), adapters.state());
      batchLoss.resume(progress.adapted().fittingExamples());
      if (progress.lossScale().dynamic() != settings.lossScale().dynamic()) {
        progress = progress.with(settings.lossScale());
      }
      long saved = progress.step();
      try (Saver saver =
          new Saver(state, snapshot, settings.save(), saved, settings.interrupted())) {
        End end = train(progress, saver);
        saver.await();
        return end;
      }
    }
  }

  private End train(Progress from, Saver saver) throws IOException {
    Progress progress;
    try {
      progress = scoreStart(from, saver);
    } catch (StoppedException atTheStart) {
      return End.INTERRUPTED;
    }
    while (progress.epoch() < settings.epochs() && !outOfPatience(progress)) {
      EpochMeter meter = new EpochMeter();
      progress = trainEpoch(progress, meter, saver);
      try {
        requireWanted();
        progress = nextEpoch(progress, average.inPlace(validation), meter, saver);
      } catch (StoppedException atTheValidation) {
        saver.save(progress, false);
        return End.INTERRUPTED;
      }
    }
    return End.COMPLETE;
  }

  /** Once, before the first step. */
  private Progress scoreStart(Progress from, Saver saver) throws IOException {
    if (!settings.start().scored() || from.step() > 0 || from.best().isKnown()) {
      return from;
    }
    requireWanted();
    Optional<Validation> start = average.inPlace(validation);
    if (start.isEmpty()) {
      if (settings.epochs() == 0) {
        saver.save(from, true);
      }
      return from;
    }
    observers.forEach(observer -> observer.start(place(0, 0), start.get()));
    Progress scored = from.startScored(start.get());
    saver.save(scored, true);
    return scored;
  }

  private void requireWanted() {
    if (settings.interrupted().getAsBoolean()) {
      throw new StoppedException();
    }
  }

  private boolean outOfPatience(Progress progress) {
    return settings.patience() > 0 && progress.epochsWithoutGain() >= settings.patience();
  }

  private Progress trainEpoch(Progress from, EpochMeter meter, Saver saver) throws IOException {
    Progress progress = from;
    int first = from.underWay().nextBatch();
    Iterator<Feed.Minibatch<B>> batches = feed.epoch(from.epoch(), first).iterator();
    while (!settings.interrupted().getAsBoolean()) {
      long start = System.nanoTime();
      long waitBefore = feed.waitNanos();
      if (!batches.hasNext()) {
        break;
      }
      Observer.Step step;
      try (Feed.Minibatch<B> minibatch = batches.next()) {
        step = step(progress, minibatch, start, waitBefore);
        progress = progress.nextStep(minibatch.index(), step.loss(), adapted(progress, step));
      }
      meter.add(step.timing());
      observers.forEach(observer -> observer.step(step));
      saver.step(progress);
    }
    return progress;
  }

  private Progress.Adapted adapted(Progress before, Observer.Step step) {
    boolean bad = step.skipped() && !before.lossScale().canShrink();
    return new Progress.Adapted(
        step.lossScale(),
        before.adapted().notFinite() + (bad ? 1 : 0),
        batchLoss.parts().fitting());
  }

  private Observer.Step step(
      Progress progress, Feed.Minibatch<B> minibatch, long start, long waitBefore) {
    Observer.Place place = place(progress.epoch() + 1, progress.step() + 1);
    double rate =
        Schedule.rate(
            settings.optimizer(), progress.step(), place.steps(), progress.validationLosses());
    LossScale scale = progress.lossScale();
    double loss =
        batchLoss.differentiate(minibatch, settings.seed(), progress.step(), scale.factor());
    adapters.passGradientsOn();
    double norm = optimizer.gradientNorm() / scale.factor();
    boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
    if (finite) {
      optimizer.step(rate, norm, scale.factor());
      adapters.merge();
      batchLoss.afterStep();
      average.add(progress.step());
    } else {
      skip(progress, place, minibatch, loss, norm);
    }
    return new Observer.Step(
        place,
        loss,
        finite ? scale.grown() : scale.afterSkip(),
        !finite,
        rate,
        norm,
        new Observer.Timing(
            minibatch.size(),
            (System.nanoTime() - start) / 1e9,
            (feed.waitNanos() - waitBefore) / 1e9));
  }

  private Observer.Place place(int epoch, long step) {
    long steps = (long) settings.epochs() * feed.steps();
    return new Observer.Place(settings.stage(), epoch, settings.epochs(), step, steps);
  }

  /**
   * In half precision a smaller loss scale may help; elsewhere nothing does, and a batch may be
   * skipped where the configuration allows for it.
   */
  private void skip(
      Progress progress,
      Observer.Place place,
      Feed.Minibatch<B> minibatch,
      double loss,
      double norm) {
    if (!progress.lossScale().canShrink()) {
      Observer.BadStep step =
          new Observer.BadStep(place, loss, norm, optimizer.gradientNorms(), minibatch.ids());
      observers.forEach(observer -> observer.notFinite(step));
      if (progress.adapted().notFinite() >= settings.maxSkipped()) {
        throw notFinite(place, loss, norm);
      }
    }
    optimizer.skip();
  }

  private TrainingException notFinite(Observer.Place place, double loss, double norm) {
    return new TrainingException(
        String.format(
            "%s step %d (epoch %d): loss %s, gradient norm %s%s; lower %s.lr or set %s.clip",
            place.stage(),
            place.step(),
            place.epoch(),
            loss,
            norm,
            settings.maxSkipped() == 0
                ? ""
                : ", after run.max_skipped = " + settings.maxSkipped() + " skipped steps",
            place.stage(),
            place.stage()));
  }

  private Progress nextEpoch(
      Progress before, Optional<Validation> validation, EpochMeter meter, Saver saver)
      throws IOException {
    boolean best = before.best().isBeatenBy(validation);
    Progress progress = before.nextEpoch(validation);
    Observer.Epoch epoch =
        new Observer.Epoch(
            place(progress.epoch(), progress.step()),
            before.underWay().meanLoss(),
            validation,
            best,
            meter.rate(),
            meter.seconds());
    // Before the save: a log without its last line would not be written to again.
    observers.forEach(observer -> observer.epoch(epoch));
    saver.save(progress, best);
    return progress;
  }

  /** The pace of an epoch's steps, as far as they were made since the program started. */
  private static final class EpochMeter {

    private final long start = System.nanoTime();
    private long examples;
    private double inSteps;

    void add(Observer.Timing timing) {
      examples += timing.examples();
      inSteps += timing.seconds();
    }

    double rate() {
      return inSteps == 0 ? 0 : examples / inSteps;
    }

    double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
