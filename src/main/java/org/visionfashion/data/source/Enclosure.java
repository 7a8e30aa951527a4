package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;

/**
 * The folder that a data set must not lead out of: not by {@code ..}, not by an absolute path, not
 * by a link. The folder itself may be reached by a link.
 */
final class Enclosure {

  private final Path folder;
  private final Path real;
  private final boolean open;
  private final Map<Path, Boolean> folders = new HashMap<>();

  Enclosure(Path folder, LimitsConfig limits) {
    this.folder = folder.toAbsolutePath().normalize();
    this.real = real(this.folder);
    this.open = limits.outside();
  }

  /**
   * What is wrong with a file; empty where it lies within. Its name is judged before the disk is.
   */
  Optional<Problem> problem(Path file, Path named, int line) {
    if (open || isInside(file.toAbsolutePath().normalize())) {
      return Optional.empty();
    }
    String message =
        "%s leads out of %s; data.limits.outside: true allows it".formatted(file, folder);
    return Optional.of(new Problem(named, line, Kind.OUTSIDE, message));
  }

  /** A path as it is called within the folder: the same wherever the folder is. */
  String inside(String path) {
    String start = folder.toString().replace('\\', '/') + "/";
    return path.startsWith(start) ? path.substring(start.length()) : path;
  }

  private boolean isInside(Path file) {
    Path parent = file.getParent();
    return file.startsWith(folder)
        && (file.equals(folder) || folders.computeIfAbsent(parent, this::leadsInside))
        && (!Files.isSymbolicLink(file) || file.equals(folder) || leadsInside(file));
  }

  private boolean leadsInside(Path path) {
    return real(path).startsWith(real);
  }

  /** Where links lead; what is not there leads nowhere else. */
  private Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return real == null ? path : real;
    }
  }
}
