package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunLock;

/** One command at work in a run's folder: alone there, and with its log. */
final class RunSession {

  private RunSession() {}

  /**
   * Works while holding the folder.
   *
   * @throws UserError where another process trains this run
   * @throws FailedRunException where the work failed; the stack trace is in the log
   */
  static <T> T in(RunFolder run, Supplier<T> work) {
    try (RunLock held = RunLock.take(run);
        RunLogFile log = new RunLogFile(held.run().log())) {
      log.attach();
      return logged(run, work);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + run.path() + ": " + reason(e), e);
    }
  }

  /** Some exceptions have nothing to say but the name of the file. */
  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  private static <T> T logged(RunFolder run, Supplier<T> work) {
    try {
      return work.get();
    } catch (UserError badInput) {
      throw badInput;
    } catch (RuntimeException | Error failure) {
      LoggerFactory.getLogger(RunSession.class).debug("failed", failure);
      throw new FailedRunException(run.log(), failure);
    }
  }
}
