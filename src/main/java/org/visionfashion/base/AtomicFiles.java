package org.visionfashion.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces files and folders so that a reader, or a crash, sees the old one or the new one. */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** What writes a file, or the files of an empty folder. */
  @FunctionalInterface
  public interface Writer {
    void write(Path place) throws IOException;
  }

  /** Writes UTF-8 text: beside the file under a name of this process, to the disk, into place. */
  public static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not a temporary file in Java's sense: those can be read by their owner only.
    long process = ProcessHandle.current().pid();
    Path beside = folder.resolve("." + file.getFileName() + "." + process + ".tmp");
    write(beside, place -> Files.writeString(place, text));
    rename(beside, file);
  }

  /** Writes a file beside its place, brings it to the disk, then renames it. */
  public static void replaceFile(Path file, Writer writer) throws IOException {
    Path beside = beside(file);
    write(beside, writer);
    rename(beside, file);
  }

  private static void rename(Path beside, Path file) throws IOException {
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
    syncParent(file);
  }

  /**
   * Writes a folder beside its place, then renames it. A folder cannot be renamed over a full one:
   * the old one steps aside first and goes when the new one stands. Whoever is cut off in between
   * leaves the old one where {@link #existing} finds it.
   */
  public static void replaceFolder(Path folder, Writer writer) throws IOException {
    Path fresh = beside(folder);
    Files.createDirectory(fresh);
    write(fresh, writer);
    Path old = aside(folder);
    if (Files.exists(folder)) {
      deleteTree(old);
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    syncParent(folder);
    deleteTree(old);
  }

  /** Brings what was written to a file to the disk. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Brings the names in a folder to the disk, so that a renaming outlives a loss of power. */
  private static void syncFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException windowsOpensNoFolder) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  private static void syncParent(Path place) throws IOException {
    syncFolder(place.toAbsolutePath().getParent());
  }

  /** Where something is made before it takes its place; what was left there is gone. */
  private static Path beside(Path place) throws IOException {
    Path beside = place.resolveSibling(place.getFileName() + ".writing");
    Files.createDirectories(beside.toAbsolutePath().getParent());
    deleteTree(beside);
    return beside;
  }

  /** A half is of no use to anybody: it may be large, and the disk may be full of it. */
  private static void write(Path place, Writer writer) throws IOException {
    try {
      writer.write(place);
      syncTree(place);
    } catch (IOException | RuntimeException e) {
      try {
        deleteTree(place);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static void syncTree(Path place) throws IOException {
    try (Stream<Path> walk = Files.walk(place)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        sync(path);
      }
    }
    if (Files.isDirectory(place)) {
      syncFolder(place);
    }
  }

  /** The folder, or the old one where it stepped aside and nothing took its place. */
  public static Path existing(Path folder) {
    return Files.exists(folder) || !Files.exists(aside(folder)) ? folder : aside(folder);
  }

  private static Path aside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".old");
  }

  private static void deleteTree(Path folder) throws IOException {
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
