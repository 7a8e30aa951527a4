package org.visionfashion.cli;

/** The entry point behind the launchers {@code train}, {@code eval} and {@code visionfashion}. */
public final class Main {

  /** The system property by which a launcher says its name. */
  static final String LAUNCHER = "visionfashion.launcher";

  private Main() {}

  public static void main(String[] args) {
    Cli cli = new Cli(LocalWork::new, new Interrupt());
    System.exit(cli.execute(System.getProperty(LAUNCHER, Cli.ROOT), args));
  }
}
