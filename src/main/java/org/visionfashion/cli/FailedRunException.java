package org.visionfashion.cli;

import java.nio.file.Path;

/** A failure at work in a run. */
final class FailedRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param log where the stack trace is
   */
  FailedRunException(Path log, Throwable failure) {
    super(Errors.summary(failure) + " (more in " + log + ")", failure);
  }
}
