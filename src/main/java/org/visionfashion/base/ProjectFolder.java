package org.visionfashion.base;

import java.nio.file.Path;

/** The folder that holds {@code configs/}, {@code data/} and {@code checkpoints/}. */
public final class ProjectFolder {

  /** The system property by which the launchers name it. */
  public static final String PROPERTY = "visionfashion.home";

  private ProjectFolder() {}

  /** Its absolute path; the current folder where no launcher named one. */
  public static Path path() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize();
  }

  /** A path of a configuration: relative ones are relative to the project folder. */
  public static Path resolve(String path) {
    return path().resolve(path).normalize();
  }

  /** The shortest way to write a path so that {@link #resolve} finds it again. */
  public static String relativize(Path path) {
    Path home = path();
    if (path.equals(home)) {
      return ".";
    }
    return path.startsWith(home) ? home.relativize(path).toString() : path.toString();
  }
}
