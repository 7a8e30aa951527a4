package org.visionfashion.cli;

import java.util.concurrent.Callable;
import org.visionfashion.base.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code visionfashion version}. */
@Command(
    name = "version",
    description = "Prints the versions of program, Java and engine.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class VersionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(line());
    return 0;
  }

  private static String line() {
    String java = "Java " + Runtime.version().feature();
    return "visionfashion " + Version.program() + ", " + java + ", " + Version.engine();
  }

  /** The same line for {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }
  }
}
