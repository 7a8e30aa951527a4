package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.ConfigException;
import org.visionfashion.config.RunFolder;
import org.visionfashion.data.DataException;
import org.visionfashion.weights.WeightsException;

/** One command at work in a run's folder: alone there, and with its log. */
final class RunSession {

  private RunSession() {}

  /**
   * Works while holding the folder.
   *
   * @throws ConfigException where another process trains this run
   * @throws FailedRunException where the work failed; the stack trace is in the log
   */
  static <T> T in(RunFolder run, Supplier<T> work) {
    try (FileChannel channel = open(run)) {
      lock(run, channel); // until the channel is closed
      try (RunLogFile log = new RunLogFile(run.log())) {
        log.attach();
        return logged(run, work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + run.path() + ": " + reason(e), e);
    }
  }

  /** Some exceptions have nothing to say but the name of the file. */
  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  private static FileChannel open(RunFolder run) throws IOException {
    Files.createDirectories(run.path());
    return FileChannel.open(
        run.path().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void lock(RunFolder run, FileChannel channel) throws IOException {
    if (!isFree(channel)) {
      throw new ConfigException(
          "run " + run.name() + " is in training right now: wait, or begin another by --run NAME");
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  private static <T> T logged(RunFolder run, Supplier<T> work) {
    try {
      return work.get();
    } catch (ConfigException | DataException | WeightsException badInput) {
      throw badInput;
    } catch (RuntimeException | Error failure) {
      LoggerFactory.getLogger(RunSession.class).debug("failed", failure);
      throw new FailedRunException(run.log(), failure);
    }
  }
}
