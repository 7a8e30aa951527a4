package org.visionfashion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;
import org.visionfashion.run.SameExperiment;

/** Chooses the run folder, keeps its books and lets the work be done in it. */
final class Trainer {

  private static final int DONE = 0;
  private static final int INTERRUPTED = 130;

  private final Supplier<Work> work;
  private final Interrupt interrupt;

  Trainer(Supplier<Work> work, Interrupt interrupt) {
    this.work = work;
    this.interrupt = interrupt;
  }

  /** Stage one of a new or unfinished run. */
  int contrastive(ConfigOptions options, Optional<String> name, boolean resume) {
    RunFolder run = choose(options, name, resume, RunStatus::contrastiveDone);
    return within(
        run,
        () -> begin(run, options, resume),
        job -> job.status().contrastiveDone() ? nothingToDo(job) : trainContrastive(job));
  }

  /** Stage two of an existing run; where it was done before, again unless resumed. */
  int finetune(ConfigOptions options, Optional<String> name, boolean resume) {
    RunFolder run = choose(name.or(options::runName));
    return within(
        run,
        () -> beginFinetune(run, options, resume),
        job -> job.status().finetuneDone() ? nothingToDo(job) : trainFinetune(job));
  }

  /** Both stages of a new or unfinished run, and the evaluation. */
  int all(ConfigOptions options, Optional<String> name, boolean resume) {
    RunFolder run = choose(options, name, resume, RunStatus::finetuneDone);
    return within(
        run,
        () -> begin(run, options, resume),
        job -> isEvaluated(job) ? nothingToDo(job) : trainAll(job));
  }

  private boolean trainAll(Job job) {
    return (job.status().contrastiveDone() || trainContrastive(job))
        && (job.status().finetuneDone() || trainFinetune(job))
        && evaluate(job);
  }

  private static boolean isEvaluated(Job job) {
    return job.status().finetuneDone() && Files.exists(job.run().eval().resolve("test.json"));
  }

  private static boolean nothingToDo(Job job) {
    log().info("Run {}: finished before, nothing is left to do", job.run().name());
    return true;
  }

  /** The evaluation of a trained run. */
  int evaluate(RunFolder run) {
    return within(run, run::readConfig, this::evaluate);
  }

  private static RunFolder choose(
      ConfigOptions options, Optional<String> name, boolean resume, Predicate<RunStatus> finished) {
    if (resume) {
      return choose(name);
    }
    Config config = options.load(ConfigOptions.demo(), List.of());
    return RunFolders.ofProject().forTraining(name.orElse(config.run().name()), finished);
  }

  private static RunFolder choose(Optional<String> name) {
    RunFolders runs = RunFolders.ofProject();
    return name.map(runs::existing)
        .or(runs::newest)
        .orElseThrow(
            () -> new UserError("no run in " + runs.root() + ": ./train contrastive first"));
  }

  /** A run with its configuration, as one command works on it. */
  private record Job(Config config, RunFolder run) {
    RunStatus status() {
      return run.readStatus().orElseThrow();
    }
  }

  private int within(RunFolder run, Supplier<Config> begin, Predicate<Job> stages) {
    return RunSession.in(
        run,
        () -> {
          boolean fresh = !run.exists();
          Config config = begin.get();
          try {
            NativeThreads.set(config.run().threads());
            work.get().requireDevices(config);
            work.get().prepareData(config);
            return stages.test(new Job(config, run)) ? DONE : INTERRUPTED;
          } catch (UserError badInput) {
            // Whoever mistyped a path may mend it: nothing has come of this run.
            if (fresh && !run.contrastive().toFile().exists()) {
              run.forget();
            }
            throw badInput;
          }
        });
  }

  /** A resumed run has the configuration it was begun with, unless another file is named. */
  private static Config begin(RunFolder run, ConfigOptions options, boolean resume) {
    Config config = options.load(resume ? run.config() : ConfigOptions.demo(), named(run));
    Optional<RunStatus> before = run.readStatus();
    if (before.isPresent()) {
      requireSame(run, config, !run.finetune().toFile().exists());
      log().info("Run {}: goes on in {}", run.name(), run.path());
    } else {
      log().info("Run {}: new, results in {}", run.name(), run.path());
    }
    run.writeConfig(config);
    run.writeStatus(before.orElseGet(RunStatus::fresh).touched());
    return config;
  }

  private static void requireSame(RunFolder run, Config config, boolean finetuneFree) {
    for (String change : SameExperiment.check(run, config, finetuneFree)) {
      log().info("Run {}: {}", run.name(), change);
    }
  }

  private static Config beginFinetune(RunFolder run, ConfigOptions options, boolean resume) {
    Config config = options.load(run.config(), named(run));
    RunStatus status = run.readStatus().orElseThrow();
    if (!status.contrastiveDone()) {
      throw new UserError(
          "run "
              + run.name()
              + " has not ended stage one: ./train contrastive --run "
              + run.name());
    }
    boolean again = status.finetuneDone() && !resume;
    requireSame(run, config, again || !run.finetune().toFile().exists());
    log().info("Run {}: stage two, results in {}", run.name(), run.path());
    if (again) {
      Path kept = run.setAsideFinetune();
      log().info("Stage two was done before; its record is kept in {}", kept);
    }
    run.writeConfig(config);
    run.writeStatus(status.withFinetuneDone(status.finetuneDone() && resume));
    return config;
  }

  private boolean trainContrastive(Job job) {
    return stage(
        () -> work.get().contrastive(job.config(), job.run(), interrupt::requested),
        () -> {
          job.run().writeStatus(job.status().withContrastiveDone(true));
          log().info("Stage one is done: {}", job.run().contrastive());
        });
  }

  private boolean trainFinetune(Job job) {
    return stage(
        () -> work.get().finetune(job.config(), job.run(), interrupt::requested),
        () -> {
          job.run().writeStatus(job.status().withFinetuneDone(true));
          log().info("Stage two is done, the model is {}", job.run().model());
        });
  }

  /** Trains; Java does not end before it is done or saved. */
  private boolean stage(BooleanSupplier training, Runnable afterwards) {
    return interrupt.guard(
        () -> {
          boolean done = training.getAsBoolean();
          if (done) {
            afterwards.run();
          } else {
            log().info("Stopped, all is saved; the same command goes on from here");
          }
          return done && !interrupt.requested();
        });
  }

  private boolean evaluate(Job job) {
    RunFolder run = job.run();
    Evaluation test = new Evaluation(Split.TEST, run.model(), job.config(), run.eval());
    log().info("{}", work.get().evaluate(test));
    log().info("Report: {}", run.eval().resolve("test.html"));
    return true;
  }

  private static List<String> named(RunFolder run) {
    return List.of("run.name=" + run.name());
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Trainer.class);
  }
}
