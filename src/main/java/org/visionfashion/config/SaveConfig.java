package org.visionfashion.config;

/**
 * When and how the training state is written.
 *
 * @param everySteps steps between two saves within an epoch, 0 = none by steps
 * @param everyMinutes minutes between two saves within an epoch, 0 = none by time
 * @param keep how many of the newest states stay, at least 1; the best weights stay beside them
 * @param onFailure what a save that fails, on a full disk for example, means to the run
 */
public record SaveConfig(int everySteps, double everyMinutes, int keep, OnFailure onFailure) {

  /** What to do about a save that failed. */
  public enum OnFailure {
    /** The run ends; the states before stay. */
    STOP,
    /** Training goes on and the save is tried again, until it succeeds or the run is stopped. */
    RETRY
  }
}
