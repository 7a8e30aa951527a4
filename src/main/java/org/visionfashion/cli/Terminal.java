package org.visionfashion.cli;

/** Whether somebody is watching. */
final class Terminal {

  private Terminal() {}

  /** The launcher tells, for from Java 22 on {@code System.console()} no longer does. */
  static boolean present() {
    return Boolean.getBoolean("visionfashion.terminal");
  }
}
