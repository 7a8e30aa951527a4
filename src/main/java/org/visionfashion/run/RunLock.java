package org.visionfashion.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.visionfashion.base.UserError;

/** Keeps everybody else from training in a run's folder, until it is closed or the process ends. */
public final class RunLock implements AutoCloseable {

  private final RunFolder run;
  private final FileChannel channel;

  private RunLock(RunFolder run, FileChannel channel) {
    this.run = run;
    this.channel = channel;
  }

  /**
   * Takes the lock; makes the folder if it is not there.
   *
   * @throws UserError where another process, or this one, trains this run
   * @throws IOException where the folder cannot be written
   */
  public static RunLock take(RunFolder run) throws IOException {
    Files.createDirectories(run.path());
    FileChannel channel =
        FileChannel.open(
            run.path().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isFree(channel)) {
      return new RunLock(run, channel);
    }
    channel.close();
    throw new UserError(
        "run "
            + run.name()
            + " is in training right now: wait, or begin another run with --run NAME");
  }

  /** The folder that is held. */
  public RunFolder run() {
    return run;
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
