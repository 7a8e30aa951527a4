package org.visionfashion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunStatus;

/**
 * The training of a run, from top to bottom. Its caller holds the run's lock, loads the data, and
 * evaluates the model that comes out of it.
 */
public final class Training {

  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final TrainingRun run;

  public Training(TrainingRun run) {
    this.run = run;
  }

  /**
   * Stage one, then stage two; a finished one is skipped.
   *
   * @return whether both are finished; false after a stop, all being saved
   * @throws org.visionfashion.base.UserError where the data have nothing for stage two to learn
   */
  public boolean both() {
    FinetuneStage.requireLabels(run.dataset());
    if (run.dataset().split(Split.TEST).isEmpty()) {
      LOG.warn("The data have no test split: the run will end without an evaluation");
    }
    TimeEstimate estimate = TimeEstimate.ofBoth(run);
    return contrastive(run.observedBy(estimate))
        && !run.interrupted().getAsBoolean()
        && finetune(run.observedBy(estimate));
  }

  /**
   * Stage one, unless it is finished.
   *
   * @return whether it is finished; false after a stop, all being saved
   */
  public boolean contrastive() {
    return contrastive(run.observedBy(TimeEstimate.ofStage(run)));
  }

  /**
   * Stage two, unless it is finished.
   *
   * @return whether it is finished; false after a stop, all being saved
   * @throws org.visionfashion.base.UserError where the data or their labels are not those of stage
   *     one
   */
  public boolean finetune() {
    return finetune(run.observedBy(TimeEstimate.ofStage(run)));
  }

  private static boolean contrastive(TrainingRun run) {
    RunFolder folder = run.folder();
    if (!status(folder).contrastiveDone()) {
      if (!ended(new ContrastiveStage(run)::train)) {
        return false;
      }
      folder.writeStatus(status(folder).withContrastiveDone(true));
      LOG.info("Stage one is finished: {}", folder.contrastive());
    }
    return true;
  }

  private static boolean finetune(TrainingRun run) {
    RunFolder folder = run.folder();
    if (!status(folder).finetuneDone()) {
      if (!ended(new FinetuneStage(run)::train)) {
        return false;
      }
      folder.writeStatus(status(folder).withFinetuneDone(true));
      LOG.info("Stage two is finished, the model is {}", folder.model());
    }
    return true;
  }

  private interface Stage {
    TrainingLoop.End train() throws IOException;
  }

  private static boolean ended(Stage stage) {
    try {
      return stage.train() == TrainingLoop.End.COMPLETE;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static RunStatus status(RunFolder folder) {
    return folder.readStatus().orElseGet(RunStatus::fresh);
  }
}
