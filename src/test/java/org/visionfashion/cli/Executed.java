package org.visionfashion.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command that was run in this process: its exit code and what it printed. */
record Executed(int exit, String out, String err) {

  /** Runs a command as its launcher would. */
  static Executed run(String launcher, String... arguments) {
    return run(new Interrupt(), launcher, arguments);
  }

  /** The same, with somebody who may stop it. */
  static Executed run(Interrupt interrupt, String launcher, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new Cli(interrupt).commandLine(launcher);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = command.execute(arguments);
    return new Executed(exit, text(out), text(err));
  }

  private static String text(StringWriter writer) {
    return writer.toString().replace("\r\n", "\n");
  }
}
