package org.visionfashion.cli;

import org.visionfashion.bench.Preset;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.Precision;
import org.visionfashion.eval.Part;
import org.visionfashion.weights.convert.Format;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The tree of commands. */
final class Cli {

  /** The name of the launcher that has all commands. */
  static final String ROOT = "visionfashion";

  private final Interrupt interrupt;

  Cli(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  /**
   * A command, ready to execute.
   *
   * @param launcher {@code visionfashion}, or a command of it ({@code train}, {@code eval}) that
   *     has a launcher of its own
   */
  CommandLine commandLine(String launcher) {
    CommandLine command =
        switch (launcher) {
          case "train" -> train();
          case "eval" -> new CommandLine(new EvalCommand());
          default -> root();
        };
    Errors errors = new Errors();
    return command
        .setCommandName(launcher)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .registerConverter(Part.class, new EnumName<>(Part.values()))
        .registerConverter(Format.class, new EnumName<>(Format.values()))
        .registerConverter(Preset.class, new EnumName<>(Preset.values()))
        .registerConverter(Precision.class, new EnumName<>(Precision.values()))
        .registerConverter(BenchCommand.What.class, new EnumName<>(BenchCommand.What.values()))
        .registerConverter(MicroBatch.class, Cli::microBatch)
        .setExecutionStrategy(errors)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private CommandLine root() {
    return new CommandLine(new Group.Root())
        .addSubcommand(train())
        .addSubcommand(new EvalCommand())
        .addSubcommand(
            new CommandLine(new Group.Data())
                .addSubcommand(new DataCommand.Demo())
                .addSubcommand(new DataCommand.Stats())
                .addSubcommand(new DataCommand.Prepare())
                .addSubcommand(new DataCommand.Verify()))
        .addSubcommand(new ConvertCommand())
        .addSubcommand(new CheckCommand())
        .addSubcommand(new BenchCommand())
        .addSubcommand(new VersionCommand());
  }

  private CommandLine train() {
    Train train = new Train(interrupt);
    return new CommandLine(new Group.Train())
        .addSubcommand(new TrainCommand.Contrastive(train))
        .addSubcommand(new TrainCommand.Finetune(train))
        .addSubcommand(new TrainCommand.All(train))
        .addSubcommand(new TrainCommand.Sweep(train));
  }

  private static MicroBatch microBatch(String text) {
    try {
      return MicroBatch.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(text + " must be " + MicroBatch.RULE);
    }
  }
}
