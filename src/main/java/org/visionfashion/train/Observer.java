package org.visionfashion.train;

/** Is told what a stage does, as it does it. */
public interface Observer {

  /** An optimizer step was made. */
  default void step(StepReport report) {}

  /** A step was not made, because loss or gradient was not finite. */
  default void notFinite(BadStep step) {}

  /** An epoch was finished and judged. */
  default void epoch(EpochReport report) {}
}
