package org.visionfashion.cli;

import java.util.Locale;

/** The entry point behind the launchers {@code train}, {@code eval} and {@code visionfashion}. */
public final class Main {

  /** The system property by which a launcher says its name. */
  static final String LAUNCHER = "visionfashion.launcher";

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // files and lines look the same in every country
    Cli cli = new Cli(LocalWork::new, new Interrupt());
    System.exit(cli.execute(System.getProperty(LAUNCHER, Cli.ROOT), args));
  }
}
