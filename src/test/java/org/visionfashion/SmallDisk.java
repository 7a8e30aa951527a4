package org.visionfashion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of its own, small or read-only; only root may mount one. */
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @param options of tmpfs, such as {@code size=2m} or {@code ro}
   */
  public static Optional<SmallDisk> mount(Path folder, String options) throws IOException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  /** From here on nothing can be written. */
  public void seal() throws IOException {
    if (!run("mount", "-o", "remount,ro", folder.toString())) {
      throw new IOException(folder + " cannot be made read-only");
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", folder.toString())) {
      throw new IOException(folder + " cannot be unmounted");
    }
  }

  private static boolean run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
