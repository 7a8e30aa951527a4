package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.visionfashion.config.SweepLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code train}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class TrainCommand implements Callable<Integer> {

  private static final String NAME_HELP =
      "What to call the run; without it as run.name says. An unfinished run of that name is"
          + " continued; where a finished one stands, the next number is taken (NAME-2).";

  @Mixin ConfigOptions options;

  @Option(
      names = "--resume",
      description =
          "Goes on with an existing run, that of --run or the newest, by its own configuration, and"
              + " begins none; what is finished is left as it is.")
  boolean resume;

  final Trainer trainer;

  TrainCommand(Trainer trainer) {
    this.trainer = trainer;
  }

  /** {@code train contrastive}. */
  @Command(name = "contrastive", description = "Stage one: aligns pictures and captions (InfoNCE).")
  static final class Contrastive extends TrainCommand {

    @Option(names = "--run", paramLabel = "NAME", description = NAME_HELP)
    private String run;

    Contrastive(Trainer trainer) {
      super(trainer);
    }

    @Override
    public Integer call() {
      return trainer.contrastive(options, Optional.ofNullable(run), resume);
    }
  }

  /** {@code train finetune}. */
  @Command(
      name = "finetune",
      description = "Stage two: category and attributes, on top of a run's stage one.")
  static final class Finetune extends TrainCommand {

    @Option(
        names = "--run",
        paramLabel = "NAME",
        description = "The run to go on with; without it the newest.")
    private String run;

    Finetune(Trainer trainer) {
      super(trainer);
    }

    @Override
    public Integer call() {
      return trainer.finetune(options, Optional.ofNullable(run), resume);
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

    private final SweepTrainer trainer;

    Sweep(SweepTrainer trainer) {
      this.trainer = trainer;
    }

    @Override
    public Integer call() {
      return trainer.train(SweepLoader.load(file));
    }
  }

  /** {@code train all}. */
  @Command(name = "all", description = "Both stages, then the evaluation of the test split.")
  static final class All extends TrainCommand {

    @Option(names = "--run", paramLabel = "NAME", description = NAME_HELP)
    private String run;

    All(Trainer trainer) {
      super(trainer);
    }

    @Override
    public Integer call() {
      return trainer.all(options, Optional.ofNullable(run), resume);
    }
  }
}
