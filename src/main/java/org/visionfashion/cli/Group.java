package org.visionfashion.cli;

import org.visionfashion.config.KeyTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands below it. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.Provider.class)
abstract class Group implements Runnable {

  @Spec CommandSpec spec;

  /** Called where none of the commands below was named. */
  @Override
  public void run() {
    String names = String.join(", ", spec.subcommands().keySet());
    throw new ParameterException(spec.commandLine(), "missing command; choose one of: " + names);
  }

  /** Everything. */
  @Command(
      name = Cli.ROOT,
      description = "One embedding space for pictures and descriptions of clothes.")
  static final class Root extends Group {}

  /** The stages. */
  @Command(
      name = "train",
      description = "Trains a model.",
      footer = {
        "",
        "The default configuration is the demo (configs/demo.yaml), whose pictures are drawn on"
            + " first use; with --set data.root=DIR it is configs/own.yaml.",
        "Results are written to checkpoints/RUN. Ctrl-C saves the state; run the same command again"
            + " to resume."
      })
  static final class Train extends Group {

    @Option(
        names = "--help-keys",
        description = "Lists every key of a configuration: default, allowed values, meaning.")
    private boolean helpKeys;

    @Override
    public void run() {
      if (!helpKeys) {
        super.run();
      }
      spec.commandLine().getOut().print(KeyTable.text());
    }
  }

  /** Data sets. */
  @Command(
      name = "data",
      description = "Draws the demo data set, and counts, checks and prepares data sets.")
  static final class Data extends Group {}
}
