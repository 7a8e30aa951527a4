package org.visionfashion.train;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.visionfashion.config.OptimizerConfig;
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

  /**
   * How a stage trains.
   *
   * @param stage name for reports
   * @param seed seeds dropout, with the step
   * @param patience epochs without a better score before the stage stops, 0 = never
   * @param saveEverySteps steps between saves within an epoch, 0 = none
   * @param lossScale that the stage starts with
   * @param interrupted asked before each step; once true, the loop saves and ends
   */
  public record Settings(
      String stage,
      int epochs,
      OptimizerConfig optimizer,
      long seed,
      int patience,
      int saveEverySteps,
      LossScale lossScale,
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
  }

  /**
   * Trains from the saved state, or from the start where there is none.
   *
   * @throws TrainingException where loss or gradients are not finite; nothing was updated by them
   */
  public End run() throws IOException {
    try (optimizer) {
      Position position = state.restore(model, optimizer);
      batchLoss.resume(position.fittingExamples());
      if (position.lossScale().dynamic() != settings.lossScale().dynamic()) {
        position = position.with(settings.lossScale());
      }
      while (position.epoch() < settings.epochs() && !outOfPatience(position)) {
        long start = System.nanoTime();
        EpochMeter meter = new EpochMeter();
        position = trainEpoch(position, meter);
        if (settings.interrupted().getAsBoolean()) {
          state.save(model, optimizer, position);
          return End.INTERRUPTED;
        }
        position = judge(position, meter, start);
      }
      return End.COMPLETE;
    }
  }

  private boolean outOfPatience(Position position) {
    return settings.patience() > 0 && position.epochsWithoutGain() >= settings.patience();
  }

  private Position trainEpoch(Position from, EpochMeter meter) throws IOException {
    Position position = from;
    Iterator<Feed.Minibatch<B>> batches = feed.epoch(from.epoch(), from.stepInEpoch()).iterator();
    while (!settings.interrupted().getAsBoolean()) {
      long start = System.nanoTime();
      long waitBefore = feed.waitNanos();
      if (!batches.hasNext()) {
        break;
      }
      StepReport report = step(position, batches.next(), start, waitBefore);
      position =
          position.nextStep(report.loss(), report.lossScale(), batchLoss.partSize().fitting());
      meter.add(report);
      observers.forEach(observer -> observer.step(report));
      int every = settings.saveEverySteps();
      if (every > 0 && position.step() % every == 0) {
        state.save(model, optimizer, position);
      }
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
        batchLoss.differentiate(minibatch, settings.seed(), position.step(), scale.factor()).loss();
    double norm = optimizer.gradientNorm() / scale.factor();
    boolean finite = Double.isFinite(loss) && Double.isFinite(norm);
    if (finite) {
      optimizer.step(rate, norm, scale.factor());
    } else {
      skip(position, loss, norm);
    }
    return new StepReport(
        settings.stage(),
        position.epoch() + 1,
        position.step() + 1,
        steps,
        loss,
        finite ? scale.grown() : scale.shrunk(),
        !finite,
        rate,
        norm,
        minibatch.size(),
        (System.nanoTime() - start) / 1e9,
        (feed.waitNanos() - waitBefore) / 1e9);
  }

  /** In half precision a smaller loss scale may help; elsewhere nothing does. */
  private void skip(Position position, double loss, double norm) {
    if (position.lossScale().canShrink()) {
      optimizer.skip();
      return;
    }
    throw new TrainingException(
        String.format(
            "%s step %d (epoch %d): loss %s, gradient norm %s; lower %s.lr or set %s.clip",
            settings.stage(),
            position.step() + 1,
            position.epoch() + 1,
            loss,
            norm,
            settings.stage(),
            settings.stage()));
  }

  private Position judge(Position before, EpochMeter meter, long start) throws IOException {
    Validation validation = judge.judge();
    boolean best = before.isBetter(validation);
    Position position = before.nextEpoch(validation);
    if (best) {
      state.saveBest(model);
    }
    state.save(model, optimizer, position);
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
    observers.forEach(observer -> observer.epoch(report));
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
