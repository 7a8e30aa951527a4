package org.visionfashion.report.curves;

import java.io.IOException;
import java.util.List;
import org.visionfashion.run.RunFolder;

/**
 * The learning curves of a run.
 *
 * @param run its name
 * @param contrastive stage one
 * @param finetune stage two
 */
public record RunCurves(String run, StageCurves contrastive, StageCurves finetune) {

  private static final String FILE = "metrics.jsonl";

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

  /** Of a run, without having read anything yet. */
  public static RunCurves unread(RunFolder run) {
    return new RunCurves(
        run.name(),
        new StageCurves(run.contrastive().resolve(FILE)),
        new StageCurves(run.finetune().resolve(FILE)));
  }

  /** Reads both stages of a run, as far as they have come. */
  public static RunCurves read(RunFolder run) throws IOException {
    RunCurves curves = unread(run);
    curves.update();
    return curves;
  }

  /** Reads what is new of both stages; tells whether there was anything. */
  public boolean update() throws IOException {
    boolean first = contrastive.update();
    return finetune.update() || first;
  }

  /** Epochs of both stages. */
  public int epochs() {
    return contrastive.epochs().size() + finetune.epochs().size();
  }

  StageCurves of(Stage stage) {
    return stage == Stage.CONTRASTIVE ? contrastive : finetune;
  }

  /** Those runs that have begun a stage. */
  static List<RunCurves> begun(List<RunCurves> runs, Stage stage) {
    return runs.stream().filter(run -> !run.of(stage).isEmpty()).toList();
  }
}
