package org.visionfashion.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes UTF-8 text beside the file, then moves it there; makes the folder where it is missing.
   */
  static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not a temporary file in Java's sense: those can be read by their owner only.
    Path beside = folder.resolve(".%s.%d.tmp".formatted(file.getFileName(), process()));
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static long process() {
    return ProcessHandle.current().pid();
  }
}
