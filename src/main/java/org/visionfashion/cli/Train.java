package org.visionfashion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.EvaluationFiles;
import org.visionfashion.eval.Part;
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

  /**
   * A run with the configuration that a command gives it.
   *
   * @param choice where that comes from, in words
   */
  private record Job(RunFolder run, Config config, String choice) {}

  /** Stage one of a new or unfinished run. */
  int contrastive(ConfigOptions options, Optional<String> name, boolean resume) {
    Predicate<RunFolder> done = run -> status(run).contrastiveDone();
    Job job = resume ? existing(options, name) : forTraining(options, name, done);
    return session(
        job.run(),
        () -> {
          begin(job);
          return done.test(job.run())
              ? nothingToDo(job.run())
              : train(job, data(job.config()), Training::contrastive);
        });
  }

  /** Stage two of an existing run; where it was done before, again unless resumed. */
  int finetune(ConfigOptions options, Optional<String> name, boolean resume) {
    Job job = existing(options, name.or(options::runName));
    return session(
        job.run(),
        () -> {
          beginFinetune(job, resume);
          return status(job.run()).finetuneDone()
              ? nothingToDo(job.run())
              : train(job, data(job.config()), Training::finetune);
        });
  }

  /** Both stages of a new or unfinished run, and the evaluation. */
  int all(ConfigOptions options, Optional<String> name, boolean resume) {
    Job job = resume ? existing(options, name) : forTraining(options, name, Train::isFinished);
    return session(
        job.run(),
        () -> {
          begin(job);
          if (isFinished(job.run())) {
            return nothingToDo(job.run());
          }
          Dataset dataset = data(job.config());
          int code = train(job, dataset, Training::both);
          if (code == DONE) {
            evaluate(job, dataset);
          }
          return code;
        });
  }

  /** Works alone in the run's folder; whenever it is stopped, the same command resumes. */
  private int session(RunFolder run, Supplier<Integer> work) {
    return RunSession.in(run, () -> interrupt.resumable(work));
  }

  /**
   * Whether nothing of {@link #all} is left to do: the weights as they now are have been evaluated,
   * or there was nothing to evaluate them on.
   */
  static boolean isFinished(RunFolder run) {
    RunStatus status = status(run);
    return status.finetuneDone() && Evaluate.isCurrent(run, Part.TEST).orElse(status.evaluated());
  }

  /**
   * A new run or an unfinished one. Who names an existing run and no configuration means that run's
   * own: to resume it or, with settings that change it, for the next one.
   */
  private static Job forTraining(
      ConfigOptions options, Optional<String> name, Predicate<RunFolder> finished) {
    RunFolders runs = RunFolders.ofProject();
    Optional<RunFolder> named =
        name.map(runs::get).filter(RunFolder::exists).filter(run -> !options.namesConfiguration());
    if (named.isPresent() && options.sets.isEmpty()) {
      return existing(options, name);
    }
    Config config =
        named
            .map(run -> options.load(run.config(), List.of()))
            .orElseGet(() -> options.load(List.of()));
    RunFolder run = runs.forTraining(name.orElse(config.run().name()), finished);
    return new Job(
        run,
        config.with("run.name=" + run.name()),
        named
            .map(each -> "that of run " + each.name() + "; --config names another")
            .orElseGet(options::choice));
  }

  /** A run keeps its configuration, unless another file is named. */
  private static Job existing(ConfigOptions options, Optional<String> name) {
    RunFolders runs = RunFolders.ofProject();
    RunFolder run =
        name.map(runs::existing)
            .or(runs::newest)
            .orElseThrow(
                () ->
                    new UserError("no run in " + runs.root() + ": run ./train contrastive first"));
    return new Job(
        run, options.load(run.config(), List.of("run.name=" + run.name())), "that of the run");
  }

  private static RunStatus status(RunFolder run) {
    return run.readStatus().orElseGet(RunStatus::fresh);
  }

  private static void begin(Job job) {
    RunFolder run = job.run();
    if (run.exists()) {
      logChanges(job, !run.finetune().toFile().exists());
      LOG.info("Run {}: resuming in {}", run.name(), run.path());
    } else {
      LOG.info("Run {}: new, results in {}", run.name(), run.path());
      LOG.info("Configuration: {}", job.choice());
    }
    run.writeConfig(job.config());
    run.writeStatus(status(run).touched());
  }

  private static void beginFinetune(Job job, boolean resume) {
    RunFolder run = job.run();
    RunStatus status = status(run);
    if (!status.contrastiveDone()) {
      throw new UserError(
          "run %s has not finished stage one: run ./train contrastive --run %s first"
              .formatted(run.name(), run.name()));
    }
    boolean again = status.finetuneDone() && !resume;
    logChanges(job, again || !run.finetune().toFile().exists());
    LOG.info("Run {}: stage two, results in {}", run.name(), run.path());
    if (again) {
      Path kept = run.setAsideFinetune();
      LOG.info("Stage two was finished before; its record is kept in {}", kept);
    }
    run.writeConfig(job.config());
    run.writeStatus(status.withFinetuneDone(status.finetuneDone() && resume));
  }

  private static void logChanges(Job job, boolean finetuneFree) {
    for (String change : SameExperiment.check(job.run(), job.config(), finetuneFree)) {
      LOG.info("Run {}: {}", job.run().name(), change);
    }
  }

  private static int nothingToDo(RunFolder run) {
    Path report = EvaluationFiles.of(run.eval(), Part.TEST).page();
    LOG.info("Run {}: already finished, nothing left to do", run.name());
    if (Files.exists(report)) {
      LOG.info("Report: {}", report);
    }
    return DONE;
  }

  /** Trains what {@code stages} names; Java does not end before it is done, or saved and said. */
  private int train(Job job, Dataset dataset, Predicate<Training> stages) {
    return interrupt.guard(() -> trainGuarded(job, dataset, stages));
  }

  @SuppressWarnings("try") // the curves follow the run's files by themselves
  private int trainGuarded(Job job, Dataset dataset, Predicate<Training> stages) {
    RunFolder run = job.run();
    Config config = job.config();
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
      if (!stages.test(training) || interrupt.requested()) {
        LOG.info("Stopped; state saved. Run the same command to resume.");
        return INTERRUPTED;
      }
      return DONE;
    }
  }

  /** Evaluates where there is a test split; either way, nothing is left to do. */
  private static void evaluate(Job job, Dataset dataset) {
    RunFolder run = job.run();
    if (dataset.has(Split.TEST)) {
      Evaluate.Result result =
          new Evaluate(run.model(), job.config(), Optional.of(Part.TEST), run.eval(), false)
              .run(dataset);
      LOG.info("{}", result.table());
      LOG.info(
          "Next: ./eval --run {} --robustness (degraded images too){}",
          run.name(),
          dataset.has(Split.VALIDATION)
              ? ", or ./eval --run " + run.name() + " --split validation"
              : "");
      LOG.info("Report: {}", result.report());
    } else {
      LOG.info(
          "No report, as the data have no test split; the curves of the training: {}",
          run.curves());
    }
    run.writeStatus(status(run).withEvaluated(true));
  }

  /** Devices that are not there are an error before anything long begins. */
  private static Dataset data(Config config) {
    Machine.start(config.run().threads());
    String devices = Machine.describe(Machine.devices(config.run().devices()));
    if (System.getProperty(PROFILE, "").equals("cuda") && !Machine.bestDevice().isGpu()) {
      LOG.warn(
          "PyTorch sees no GPU and trains on {}: driver and libcudart.so must be in LD_LIBRARY_PATH"
              + " (docs/performance.md, On a GPU)",
          devices);
    }
    Dataset dataset = PrepareData.load(config);
    if (config.data().cache().prepare()) {
      PrepareData.cacheIfPossible(config, dataset);
    }
    return dataset;
  }
}
