package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.engine.Machine;
import org.visionfashion.report.LiveCurves;
import org.visionfashion.report.ModelCard;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;
import org.visionfashion.run.SameExperiment;
import org.visionfashion.train.Training;
import org.visionfashion.train.TrainingRun;

/** Trains a run: chooses its folder, holds it, and does what is left of stages and evaluation. */
final class Train {

  static final int DONE = 0;
  private static final int INTERRUPTED = 130;
  private static final Logger LOG = LoggerFactory.getLogger(Train.class);

  /** The system property by which the launcher says what it was built for. */
  private static final String PROFILE = "visionfashion.profile";

  private final Interrupt interrupt;

  Train(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  /** Stage one of a new or unfinished run. */
  int contrastive(ConfigOptions options, Optional<String> name, boolean resume) {
    Predicate<RunFolder> done = run -> status(run).contrastiveDone();
    RunFolder run = resume ? existing(name) : forTraining(options, name, done);
    return RunSession.in(
        run,
        () -> {
          Config config = begin(run, options, resume);
          return done.test(run)
              ? nothingToDo(run)
              : train(config, run, data(config), Training::contrastive);
        });
  }

  /** Stage two of an existing run; where it was done before, again unless resumed. */
  int finetune(ConfigOptions options, Optional<String> name, boolean resume) {
    RunFolder run = existing(name.or(options::runName));
    return RunSession.in(
        run,
        () -> {
          Config config = beginFinetune(run, options, resume);
          return status(run).finetuneDone()
              ? nothingToDo(run)
              : train(config, run, data(config), Training::finetune);
        });
  }

  /** Both stages of a new or unfinished run, and the evaluation. */
  int all(ConfigOptions options, Optional<String> name, boolean resume) {
    RunFolder run = resume ? existing(name) : forTraining(options, name, Train::isFinished);
    return RunSession.in(
        run,
        () -> {
          Config config = begin(run, options, resume);
          if (isFinished(run)) {
            return nothingToDo(run);
          }
          Dataset dataset = data(config);
          int code = train(config, run, dataset, Training::both);
          if (code == DONE) {
            evaluate(config, run, dataset);
          }
          return code;
        });
  }

  /**
   * Whether nothing of {@link #all} is left to do: the weights as they now are have been evaluated,
   * or there was nothing to evaluate them on.
   */
  static boolean isFinished(RunFolder run) {
    RunStatus status = status(run);
    return status.finetuneDone() && Evaluate.isCurrent(run, Split.TEST).orElse(status.evaluated());
  }

  private static RunFolder forTraining(
      ConfigOptions options, Optional<String> name, Predicate<RunFolder> finished) {
    String usual = options.load(ConfigOptions.demo(), List.of()).run().name();
    return RunFolders.ofProject().forTraining(name.orElse(usual), finished);
  }

  private static RunFolder existing(Optional<String> name) {
    RunFolders runs = RunFolders.ofProject();
    return name.map(runs::existing)
        .or(runs::newest)
        .orElseThrow(
            () -> new UserError("no run in " + runs.root() + ": run ./train contrastive first"));
  }

  private static RunStatus status(RunFolder run) {
    return run.readStatus().orElseGet(RunStatus::fresh);
  }

  /** A resumed run keeps its configuration, unless another file is named. */
  private static Config begin(RunFolder run, ConfigOptions options, boolean resume) {
    Config config =
        options.load(
            resume ? run.config() : ConfigOptions.demo(), List.of("run.name=" + run.name()));
    if (run.exists()) {
      logChanges(run, config, !run.finetune().toFile().exists());
      LOG.info("Run {}: resuming in {}", run.name(), run.path());
    } else {
      LOG.info("Run {}: new, results in {}", run.name(), run.path());
    }
    run.writeConfig(config);
    run.writeStatus(status(run).touched());
    return config;
  }

  private static Config beginFinetune(RunFolder run, ConfigOptions options, boolean resume) {
    Config config = options.load(run.config(), List.of("run.name=" + run.name()));
    RunStatus status = status(run);
    if (!status.contrastiveDone()) {
      throw new UserError(
          "run %s has not finished stage one: run ./train contrastive --run %s first"
              .formatted(run.name(), run.name()));
    }
    boolean again = status.finetuneDone() && !resume;
    logChanges(run, config, again || !run.finetune().toFile().exists());
    LOG.info("Run {}: stage two, results in {}", run.name(), run.path());
    if (again) {
      Path kept = run.setAsideFinetune();
      LOG.info("Stage two was finished before; its record is kept in {}", kept);
    }
    run.writeConfig(config);
    run.writeStatus(status.withFinetuneDone(status.finetuneDone() && resume));
    return config;
  }

  private static void logChanges(RunFolder run, Config config, boolean finetuneFree) {
    for (String change : SameExperiment.check(run, config, finetuneFree)) {
      LOG.info("Run {}: {}", run.name(), change);
    }
  }

  private static int nothingToDo(RunFolder run) {
    LOG.info("Run {}: already finished, nothing left to do", run.name());
    return DONE;
  }

  /** Trains what {@code stages} names; Java does not end before it is done or saved. */
  @SuppressWarnings("try") // the curves follow the run's files by themselves
  private int train(Config config, RunFolder run, Dataset dataset, Predicate<Training> stages) {
    try (TrainingProgress progress = new TrainingProgress();
        DownloadProgress downloads = new DownloadProgress();
        LiveCurves curves = new LiveCurves(run)) {
      Training training =
          new Training(
              new TrainingRun(
                  config,
                  run,
                  dataset,
                  downloads.hub(),
                  interrupt::requested,
                  List.of(progress),
                  model -> ModelCard.text(run.name(), model, config, dataset)));
      boolean done = interrupt.guard(() -> stages.test(training));
      if (!done || interrupt.requested()) {
        LOG.info("Stopped; state saved. Run the same command to resume.");
        return INTERRUPTED;
      }
      return DONE;
    }
  }

  /** Evaluates where there is a test split; either way, nothing is left to do. */
  private static void evaluate(Config config, RunFolder run, Dataset dataset) {
    if (!dataset.split(Split.TEST).isEmpty()) {
      Evaluate.Result result =
          new Evaluate(run.model(), config, Split.TEST, run.eval(), false).run(dataset);
      LOG.info("{}", result.table());
      LOG.info(
          "Next: ./eval --run {} --robustness (degraded images too), or ./eval --run {} --split"
              + " validation",
          run.name(),
          run.name());
      LOG.info("Report: {}", result.report());
    }
    run.writeStatus(status(run).withEvaluated(true));
  }

  /** Devices that are not there are an error before anything long begins. */
  private static Dataset data(Config config) {
    PrepareData.start(config.run());
    String devices = Machine.describe(Machine.devices(config.run().devices()));
    if (System.getProperty(PROFILE, "").equals("cuda") && !Machine.bestDevice().isGpu()) {
      LOG.warn(
          "PyTorch sees no GPU and trains on {}: driver and libcudart.so must be in LD_LIBRARY_PATH"
              + " (README, On a GPU)",
          devices);
    }
    Dataset dataset = PrepareData.load(config);
    if (config.data().cache().prepare()) {
      PrepareData.cacheIfPossible(config, dataset);
    }
    return dataset;
  }
}
