package org.visionfashion.run;

import java.time.Instant;

/**
 * How far a run has come.
 *
 * @param contrastiveDone whether stage one has ended as it should
 * @param finetuneDone whether stage two has
 * @param updated when this was written; the newest run is the one updated last
 */
public record RunStatus(boolean contrastiveDone, boolean finetuneDone, Instant updated) {

  /** A run about to begin. */
  public static RunStatus fresh() {
    return new RunStatus(false, false, Instant.now());
  }

  /** The same, written now. */
  public RunStatus touched() {
    return new RunStatus(contrastiveDone, finetuneDone, Instant.now());
  }

  public RunStatus withContrastiveDone(boolean done) {
    return new RunStatus(done, finetuneDone, Instant.now());
  }

  public RunStatus withFinetuneDone(boolean done) {
    return new RunStatus(contrastiveDone, done, Instant.now());
  }
}
