package org.visionfashion.train;

/** The run is no longer wanted; thrown out of work between two steps, which is done again. */
final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
