package org.visionfashion.cli;

import java.util.function.Supplier;
import picocli.CommandLine;

/** The tree of commands. */
final class Cli {

  /** The name of the launcher that has all commands. */
  static final String ROOT = "visionfashion";

  private final Supplier<Work> work;
  private final Interrupt interrupt;

  /**
   * @param work asked for when a command begins to work, so that help and errors come at once
   */
  Cli(Supplier<Work> work, Interrupt interrupt) {
    this.work = work;
    this.interrupt = interrupt;
  }

  /**
   * Runs a command.
   *
   * @param launcher {@code visionfashion}, or a command of it ({@code train}, {@code eval}) that
   *     has a launcher of its own
   * @return the exit code: 0 done, 1 failed at work, 2 wrong usage or input, 130 interrupted
   */
  int execute(String launcher, String... args) {
    return commandLine(launcher).execute(args);
  }

  CommandLine commandLine(String launcher) {
    CommandLine command =
        switch (launcher) {
          case "train" -> train();
          case "eval" -> eval();
          default -> root();
        };
    Errors errors = new Errors();
    return command
        .setCommandName(launcher)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private CommandLine root() {
    return new CommandLine(new Group.Root())
        .addSubcommand(train())
        .addSubcommand(eval())
        .addSubcommand(data())
        .addSubcommand(new CommandLine(new ConvertCommand(work)))
        .addSubcommand(new CommandLine(new CheckCommand(work)))
        .addSubcommand(new CommandLine(new BenchCommand(work)))
        .addSubcommand(new CommandLine(new VersionCommand()));
  }

  private CommandLine train() {
    Trainer trainer = new Trainer(work, interrupt);
    return new CommandLine(new Group.Train())
        .addSubcommand(new CommandLine(new TrainCommand.Contrastive(trainer)))
        .addSubcommand(new CommandLine(new TrainCommand.Finetune(trainer)))
        .addSubcommand(new CommandLine(new TrainCommand.All(trainer)))
        .addSubcommand(new CommandLine(new TrainCommand.Sweep(new SweepTrainer(trainer, work))));
  }

  private CommandLine eval() {
    return new CommandLine(new EvalCommand(work));
  }

  private CommandLine data() {
    return new CommandLine(new Group.Data())
        .addSubcommand(new CommandLine(new DataCommand.Demo(work)))
        .addSubcommand(new CommandLine(new DataCommand.Stats(work)))
        .addSubcommand(new CommandLine(new DataCommand.Prepare(work)))
        .addSubcommand(new CommandLine(new DataCommand.Verify(work)));
  }
}
