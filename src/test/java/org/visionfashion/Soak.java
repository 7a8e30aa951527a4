package org.visionfashion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The long tests: {@code @Tag(Soak.TAG)} keeps one out of {@code mvn verify} and lets {@code mvn
 * verify -Psoak} run it. Each tells what it survived in one line; Maven prints them at the end.
 */
public final class Soak {

  public static final String TAG = "soak";

  private static final Path SUMMARY = Path.of("target", "soak.txt");

  private Soak() {}

  /** Adds a line to the summary: so many kills, faults or mutated inputs survived. */
  public static void summary(String line) {
    try {
      Files.writeString(
          SUMMARY,
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
