package org.visionfashion.report.curves;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The learning curves of a run.
 *
 * @param run its name
 * @param contrastive stage one
 * @param finetune stage two; empty where it has not begun
 */
public record RunCurves(String run, StageCurves contrastive, StageCurves finetune) {

  /** The two stages in order. */
  public enum Stage {
    CONTRASTIVE("Stage one: contrastive"),
    FINETUNE("Stage two: category and attributes");

    private final String title;

    Stage(String title) {
      this.title = title;
    }

    /** Heading. */
    public String title() {
      return title;
    }
  }

  /**
   * Reads both stages of a run.
   *
   * @param contrastive folder of stage one
   * @param finetune folder of stage two
   */
  public static RunCurves read(String run, Path contrastive, Path finetune) throws IOException {
    return new RunCurves(
        run,
        StageCurves.read(contrastive.resolve("metrics.jsonl")),
        StageCurves.read(finetune.resolve("metrics.jsonl")));
  }

  StageCurves of(Stage stage) {
    return stage == Stage.CONTRASTIVE ? contrastive : finetune;
  }

  /** Those runs that have begun a stage. */
  static List<RunCurves> begun(List<RunCurves> runs, Stage stage) {
    return runs.stream().filter(run -> !run.of(stage).isEmpty()).toList();
  }
}
