package org.visionfashion.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces files and folders so that a reader, or a crash, sees the old one or the new one. */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** What writes a file. */
  @FunctionalInterface
  public interface Writer {
    void write(Path file) throws IOException;
  }

  /** Writes a file beside its place, then renames it. */
  public static void replaceFile(Path file, Writer writer) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".writing");
    writer.write(beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Puts {@code fresh} in the place of {@code folder}. A folder cannot be renamed over a full one:
   * the old one steps aside first and goes when the new one stands. Whoever is cut off in between
   * leaves the old one where {@link #existing} finds it.
   */
  static void replaceFolder(Path fresh, Path folder) throws IOException {
    Path old = aside(folder);
    if (Files.exists(folder)) {
      deleteTree(old);
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(old);
  }

  /** The folder, or the old one where it stepped aside and nothing took its place. */
  static Path existing(Path folder) {
    return Files.exists(folder) || !Files.exists(aside(folder)) ? folder : aside(folder);
  }

  private static Path aside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".old");
  }

  static void deleteTree(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
