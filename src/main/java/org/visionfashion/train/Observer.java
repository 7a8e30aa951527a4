package org.visionfashion.train;

/** Is told what a stage does, as it does it. */
public interface Observer {

  /** An optimizer step was made. */
  default void step(StepReport report) {}

  /** An epoch was finished and judged. */
  default void epoch(EpochReport report) {}
}
