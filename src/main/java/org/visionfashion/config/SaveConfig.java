package org.visionfashion.config;

/** When and how the training state is written. */
public record SaveConfig(
    @Key(
            usual = "0",
            in = "[0, 1000000000]",
            help = "steps between two saves within an epoch; 0 = none by steps")
        int everySteps,
    @Key(
            usual = "5",
            in = "[0, 1000000]",
            help = "minutes between two saves within an epoch; 0 = none by time")
        double everyMinutes,
    @Key(
            usual = "2",
            in = "[1, 1000000]",
            help = "how many of the newest states stay; the best weights stay beside them")
        int keep,
    @Key(
            usual = "stop",
            help = "what a save that fails, on a full disk for example, means to the run")
        OnFailure onFailure) {

  /** What to do about a save that failed. */
  public enum OnFailure {
    /** The run ends; the states before stay. */
    STOP,
    /** Training continues and the save is tried again, until it succeeds or the run is stopped. */
    RETRY
  }
}
