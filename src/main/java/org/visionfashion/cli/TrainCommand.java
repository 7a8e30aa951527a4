package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.SweepLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code train}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class TrainCommand implements Callable<Integer> {

  private static final String NEW_RUN =
      "Name of the run (default: run.name of the configuration). An unfinished run of that name is"
          + " resumed, with its own configuration unless another is named; if it is finished, one"
          + " with other settings gets the next number (NAME-2).";

  @Mixin ConfigOptions options;

  @Option(
      names = "--resume",
      description =
          "Resume an existing run (--run, or the newest) with its own configuration. Never starts a"
              + " new run; finished stages are skipped.")
  boolean resume;

  final Train train;

  TrainCommand(Train train) {
    this.train = train;
  }

  /** {@code train contrastive}. */
  @Command(
      name = "contrastive",
      description = "Stage one: aligns pictures and captions in one embedding space.")
  static final class Contrastive extends TrainCommand {

    @Option(names = "--run", paramLabel = "NAME", description = NEW_RUN)
    private String run;

    Contrastive(Train train) {
      super(train);
    }

    @Override
    public Integer call() {
      return train.contrastive(options, Optional.ofNullable(run), resume);
    }
  }

  /** {@code train finetune}. */
  @Command(
      name = "finetune",
      description = "Stage two: trains category and attribute heads on a run's stage one.")
  static final class Finetune extends TrainCommand {

    @Option(
        names = "--run",
        paramLabel = "NAME",
        description = "The run whose stage one to use (default: the newest run).")
    private String run;

    Finetune(Train train) {
      super(train);
    }

    @Override
    public Integer call() {
      return train.finetune(options, Optional.ofNullable(run), resume);
    }
  }

  /** {@code train all}. */
  @Command(name = "all", description = "Both stages, then an evaluation of the test split.")
  static final class All extends TrainCommand {

    @Option(names = "--run", paramLabel = "NAME", description = NEW_RUN)
    private String run;

    @Option(
        names = "--quick",
        description =
            "Everything once in about three minutes on two cores (configs/quick.yaml): a small"
                + " demo set, both stages, evaluation, report.")
    private boolean quick;

    All(Train train) {
      super(train);
    }

    @Override
    public Integer call() {
      if (quick) {
        if (options.file != null || resume) {
          throw new UserError(
              "--quick is --config configs/quick.yaml: leave out --config and --resume");
        }
        options.file = ProjectFolder.resolve("configs/quick.yaml");
      }
      return train.all(options, Optional.ofNullable(run), resume);
    }
  }

  /** {@code train sweep}. */
  @Command(
      name = "sweep",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.Provider.class,
      description = "Trains the variants of an experiment with several seeds and compares them.")
  static final class Sweep implements Callable<Integer> {

    @Parameters(
        paramLabel = "FILE",
        description = "What to vary, a YAML file such as configs/sweep-demo-ablation.yaml.")
    private Path file;

    private final Train train;

    Sweep(Train train) {
      this.train = train;
    }

    @Override
    public Integer call() {
      return new TrainSweep(SweepLoader.load(file), train).run();
    }
  }
}
