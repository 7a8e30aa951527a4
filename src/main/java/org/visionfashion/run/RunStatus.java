package org.visionfashion.run;

import java.time.Instant;
import java.util.Optional;
import org.visionfashion.config.Precision;

/**
 * How far a run has come. A stage that is trained again takes back the evaluation.
 *
 * @param contrastiveDone whether stage one has ended as it should
 * @param finetuneDone whether stage two has
 * @param evaluated whether the model, as it now is, has been evaluated
 * @param autoPrecision what {@code run.precision: auto} chose, for a resume; empty where it has not
 *     chosen
 * @param updated when this was written; the newest run is the one updated last
 */
public record RunStatus(
    boolean contrastiveDone,
    boolean finetuneDone,
    boolean evaluated,
    Optional<Precision> autoPrecision,
    Instant updated) {

  /** A run about to begin. */
  public static RunStatus fresh() {
    return new RunStatus(false, false, false, Optional.empty(), Instant.now());
  }

  /** The same, written now. */
  public RunStatus touched() {
    return changed(contrastiveDone, finetuneDone, evaluated, autoPrecision);
  }

  public RunStatus withContrastiveDone(boolean done) {
    return changed(done, finetuneDone, false, autoPrecision);
  }

  public RunStatus withFinetuneDone(boolean done) {
    return changed(contrastiveDone, done, false, autoPrecision);
  }

  public RunStatus withEvaluated(boolean done) {
    return changed(contrastiveDone, finetuneDone, done, autoPrecision);
  }

  public RunStatus withAutoPrecision(Precision chosen) {
    return changed(contrastiveDone, finetuneDone, evaluated, Optional.of(chosen));
  }

  private static RunStatus changed(
      boolean contrastive, boolean finetune, boolean evaluated, Optional<Precision> precision) {
    return new RunStatus(contrastive, finetune, evaluated, precision, Instant.now());
  }
}
