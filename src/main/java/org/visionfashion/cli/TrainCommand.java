package org.visionfashion.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands below {@code train}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class TrainCommand implements Callable<Integer> {

  private static final String NAME_HELP =
      "What to call the run; without it as run.name says. An unfinished run of that name is"
          + " continued; where a finished one stands, the next number is taken (NAME-2).";

  @Mixin ConfigOptions options;

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
      return trainer.contrastive(options, Optional.ofNullable(run));
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
      return trainer.finetune(options, Optional.ofNullable(run));
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
      return trainer.all(options, Optional.ofNullable(run));
    }
  }
}
