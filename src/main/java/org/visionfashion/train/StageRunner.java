package org.visionfashion.train;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.Version;
import org.visionfashion.config.Precision;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.TypeTrial;
import org.visionfashion.run.RunStatus;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;

/** What both stages do around the loop: resume, log, and leave the best model behind. */
final class StageRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

  private StageRunner() {}

  static <B> TrainingLoop.End run(
      TrainingRun run,
      Checkpoint checkpoint,
      BatchLoss<B> batchLoss,
      Feed<B> feed,
      Supplier<Optional<Validation>> validation,
      TrainingLoop.Settings settings,
      Path folder)
      throws IOException {
    batchLoss.trainIn(matrixType(run, checkpoint));
    Files.createDirectories(folder);
    Optional<WiseFt> withStart =
        settings.start().averaged()
            ? Optional.of(new WiseFt(checkpoint.model().operations(), batchLoss.trained()))
            : Optional.empty();
    StateFolder state = run.states(folder);
    Progress from = state.progress();
    if (from.step() > 0) {
      LOG.info("{}: resuming after step {}", settings.stage(), from.step());
    }
    TrainingLoop.End end;
    try (RunLog log = RunLog.open(folder.resolve(RunLog.FILE), from, settings.save().onFailure());
        EventLog events = EventLog.open(folder, from)) {
      List<Observer> observers = new ArrayList<>(run.observers());
      observers.addAll(List.of(log, events, new BadStepLog(folder), new TroubleLog(from)));
      end = new TrainingLoop<>(settings, batchLoss, feed, validation, observers, state).run();
    }
    Progress to = state.progress();
    if (to.lossScale().skippedSteps() > 0) {
      LOG.info("{}: {}", settings.stage(), to.lossScale().summary(to.step()));
    }
    if (end == TrainingLoop.End.COMPLETE) {
      if (to.best().epoch() == 0 && to.best().isKnown()) {
        LOG.warn(
            "{}: no epoch was better than the weights it started from, which are the result; lower"
                + " {}.lr",
            settings.stage(),
            settings.stage());
      }
      state.restoreBest(checkpoint.model());
      Map<String, String> provenance = provenance(run, settings.stage(), state);
      if (withStart.isPresent() && to.best().epoch() > 0) {
        try {
          double chosen = withStart.get().choose(validation, folder);
          provenance.put("share_of_best_epoch", Double.toString(chosen));
        } catch (StoppedException onceMoreWhenResumed) {
          return TrainingLoop.End.INTERRUPTED;
        }
        state.writeResult(checkpoint.model());
      }
      ModelDescription description = checkpoint.description().withProvenance(provenance);
      checkpoint.write(run.folder().model(), description, run.card().apply(description));
    }
    return end;
  }

  private static MatrixType matrixType(TrainingRun run, Checkpoint checkpoint) {
    Precision precision = run.config().run().precision();
    Device device = checkpoint.model().device();
    if (precision == Precision.AUTO) {
      return fastest(run, checkpoint, device);
    }
    MatrixType type = MatrixType.of(precision, device);
    if (precision == Precision.TF32 && type != MatrixType.TF32) {
      LOG.warn("{} has no tf32; matrix products run in fp32", Machine.describe(device));
    } else {
      LOG.info("Matrix products run in {}", type.label());
    }
    return type;
  }

  /** What was the fastest when the run began, so that a resumed run computes as before. */
  private static MatrixType fastest(TrainingRun run, Checkpoint checkpoint, Device device) {
    RunStatus status = run.folder().readStatus().orElseGet(RunStatus::fresh);
    if (status.autoPrecision().isPresent()) {
      MatrixType kept = MatrixType.of(status.autoPrecision().get(), device);
      LOG.info("Matrix products run in {}, as measured when this run began", kept.label());
      return kept;
    }
    TypeTrial trial =
        TypeTrial.run(
            checkpoint.model().architecture(),
            device,
            run.config().contrastive().batch(),
            checkpoint.description().maxTokens());
    LOG.info("Matrix products run in {}: {}", trial.type().label(), trial.reason());
    run.folder().writeStatus(status.withAutoPrecision(trial.type().precision()));
    return trial.type();
  }

  private static Map<String, String> provenance(TrainingRun run, String stage, StateFolder state)
      throws IOException {
    Progress progress = state.progress();
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("stage", stage);
    provenance.put("run", run.folder().name());
    provenance.put("version", Version.program());
    provenance.put("config", "config.yaml of the run");
    provenance.put("data", run.dataset().name() + " " + run.dataset().fingerprint());
    provenance.put("step", Long.toString(progress.step()));
    provenance.put("best_epoch", Integer.toString(progress.best().epoch()));
    provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    provenance.put("machine", Machine.describe(run.devices()));
    return provenance;
  }
}
