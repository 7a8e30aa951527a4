package org.visionfashion.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that are there as a whole or not at all. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes UTF-8 text beside the file, brings it to the disk, then renames it into place. */
  public static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not a temporary file in Java's sense: those can be read by their owner only.
    long process = ProcessHandle.current().pid();
    Path beside = folder.resolve("." + file.getFileName() + "." + process + ".tmp");
    try {
      Files.writeString(beside, text);
      sync(beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Brings what was written to a file to the disk. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Brings the names in a folder to the disk, so that a renaming outlives a loss of power. */
  public static void syncFolder(Path folder) throws IOException {
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
}
