package org.visionfashion.train;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.SaveConfig;
import org.visionfashion.model.DualEncoder;

/**
 * The one loop: take a batch, differentiate its loss, update, report; after each epoch judge and
 * save. Knows neither the architecture nor the stage.
 *
 * @param <B> what a batch consists of
 */
public final class TrainingLoop<B> {

  private final Settings settings;
  private final BatchLoss<B> batchLoss;
  private final DualEncoder model;
  private final Feed<B> feed;
  private final Validation.Judge judge;
  private final List<Observer> observers;
  private final StateFolder state;
  private final AdamW optimizer;
  private final Snapshot snapshot;

  /**
   * How a stage trains.
   *
   * @param stage name for reports
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
      long seed,
      int patience,
      SaveConfig save,
      LossScale lossScale,
      int maxSkipped,
      BooleanSupplier interrupted) {}

  /** How a loop ended. */
  public enum End {
    COMPLETE,
    INTERRUPTED
  }

  public TrainingLoop(
      Settings settings,
      BatchLoss<B> batchLoss,
      Feed<B> feed,
      Validation.Judge judge,
      List<Observer> observers,
      StateFolder state) {
    this.settings = settings;
    this.batchLoss = batchLoss;
    this.model = batchLoss.model();
    this.feed = feed;
    this.judge = judge;
    this.observers = List.copyOf(observers);
    this.state = state;
    this.optimizer =
        new AdamW(model.operations(), model.newScope(), batchLoss.trained(), settings.optimizer());
    this.snapshot =
        new Snapshot(model.operations(), model.newScope(), StateFolder.tensors(model, optimizer));
  }

  /**
   * Trains from the saved state, or from the start where there is none.
   *
   * @throws TrainingException where loss or gradients are not finite; nothing was updated by them
   */
  public End run() throws IOException {
    try (optimizer;
        snapshot) {
      Position position = state.restore(model, optimizer);
      batchLoss.resume(position.fittingExamples());
      if (position.lossScale().dynamic() != settings.lossScale().dynamic()) {
        position = position.with(settings.lossScale());
      }
      long saved = position.step();
      try (Saver saver =
          new Saver(state, snapshot, settings.save(), saved, settings.interrupted())) {
        End end = train(position, saver);
        saver.await();
        return end;
      }
    }
  }

  private End train(Position from, Saver saver) throws IOException {
    Position position = from;
    while (position.epoch() < settings.epochs() && !outOfPatience(position)) {
      long start = System.nanoTime();
      EpochMeter meter = new EpochMeter();
      position = trainEpoch(position, meter, saver);
      Optional<Validation> validation = judge();
      if (validation.isEmpty()) {
        saver.save(position, false);
        return End.INTERRUPTED;
      }
      position = nextEpoch(position, validation.get(), meter, start, saver);
    }
    return End.COMPLETE;
  }

  /** Empty where the run is no longer wanted. */
  private Optional<Validation> judge() {
    if (settings.interrupted().getAsBoolean()) {
      return Optional.empty();
    }
    try {
      return Optional.of(judge.judge());
    } catch (StoppedException amidTheJudging) {
      return Optional.empty();
    }
  }

  private boolean outOfPatience(Position position) {
    return settings.patience() > 0 && position.epochsWithoutGain() >= settings.patience();
  }

  private Position trainEpoch(Position from, EpochMeter meter, Saver saver) throws IOException {
    Position position = from;
    Iterator<Feed.Minibatch<B>> batches = feed.epoch(from.epoch(), from.nextBatch()).iterator();
    while (!settings.interrupted().getAsBoolean()) {
      long start = System.nanoTime();
      long waitBefore = feed.waitNanos();
      if (!batches.hasNext()) {
        break;
      }
      StepReport report;
      try (Feed.Minibatch<B> minibatch = batches.next()) {
        report = step(position, minibatch, start, waitBefore);
        position =
            position.nextStep(
                minibatch.index(),
                report.loss(),
                report.lossScale(),
                report.skipped() && !position.lossScale().canShrink(),
                batchLoss.parts().fitting());
      }
      meter.add(report);
      observers.forEach(observer -> observer.step(report));
      saver.step(position);
    }
    return position;
  }

  private StepReport step(
      Position position, Feed.Minibatch<B> minibatch, long start, long waitBefore) {
    long steps = (long) settings.epochs() * feed.steps();
    double rate =
        Schedule.rate(settings.optimizer(), position.step(), steps, position.validationLosses());
    LossScale scale = position.lossScale();
    double loss =
        batchLoss.differentiate(minibatch, settings.seed(), position.step(), scale.factor());
    double norm = optimizer.gradientNorm() / scale.factor();
    boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
    if (finite) {
      optimizer.step(rate, norm, scale.factor());
    } else {
      skip(position, minibatch, loss, norm);
    }
    return new StepReport(
        settings.stage(),
        position.epoch() + 1,
        position.step() + 1,
        steps,
        loss,
        finite ? scale.grown() : scale.canShrink() ? scale.shrunk() : scale,
        !finite,
        rate,
        norm,
        minibatch.size(),
        (System.nanoTime() - start) / 1e9,
        (feed.waitNanos() - waitBefore) / 1e9);
  }

  /**
   * In half precision a smaller loss scale may help; elsewhere nothing does, and a batch may be
   * left out where the configuration allows for it.
   */
  private void skip(Position position, Feed.Minibatch<B> minibatch, double loss, double norm) {
    if (!position.lossScale().canShrink()) {
      tell(position, minibatch, loss, norm);
      if (position.notFinite() >= settings.maxSkipped()) {
        throw notFinite(position, loss, norm);
      }
    }
    optimizer.skip();
  }

  private void tell(Position position, Feed.Minibatch<B> minibatch, double loss, double norm) {
    BadStep step =
        new BadStep(
            settings.stage(),
            position.epoch() + 1,
            position.step() + 1,
            loss,
            norm,
            optimizer.gradientNorms(),
            minibatch.ids());
    observers.forEach(observer -> observer.notFinite(step));
  }

  private TrainingException notFinite(Position position, double loss, double norm) {
    return new TrainingException(
        String.format(
            "%s step %d (epoch %d): loss %s, gradient norm %s%s; lower %s.lr or set %s.clip",
            settings.stage(),
            position.step() + 1,
            position.epoch() + 1,
            loss,
            norm,
            settings.maxSkipped() == 0
                ? ""
                : ", and run.max_skipped = " + settings.maxSkipped() + " were skipped",
            settings.stage(),
            settings.stage()));
  }

  private Position nextEpoch(
      Position before, Validation validation, EpochMeter meter, long start, Saver saver)
      throws IOException {
    boolean best = before.isBetter(validation);
    Position position = before.nextEpoch(validation);
    EpochReport report =
        new EpochReport(
            settings.stage(),
            position.epoch(),
            settings.epochs(),
            position.step(),
            before.meanLoss(),
            validation,
            best,
            meter.examplesPerSecond(),
            (System.nanoTime() - start) / 1e9);
    // Before the save: a log without its last line would not be written to again.
    observers.forEach(observer -> observer.epoch(report));
    saver.save(position, best);
    return position;
  }

  /** The pace of an epoch's steps, as far as they were made since the program started. */
  private static final class EpochMeter {

    private long examples;
    private double seconds;

    void add(StepReport report) {
      examples += report.examples();
      seconds += report.seconds();
    }

    double examplesPerSecond() {
      return seconds == 0 ? 0 : examples / seconds;
    }
  }
}
