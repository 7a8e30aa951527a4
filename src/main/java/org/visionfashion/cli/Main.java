package org.visionfashion.cli;

import java.util.Locale;

/** The entry point behind the launchers {@code train}, {@code eval} and {@code visionfashion}. */
public final class Main {

  /** The system property with which a launcher gives its name. */
  static final String LAUNCHER = "visionfashion.launcher";

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // files and lines look the same in every country
    Cli cli = new Cli(new Interrupt());
    System.exit(cli.commandLine(System.getProperty(LAUNCHER, Cli.ROOT)).execute(args));
  }
}
