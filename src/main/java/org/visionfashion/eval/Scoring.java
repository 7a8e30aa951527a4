package org.visionfashion.eval;

import java.util.List;
import java.util.Optional;
import org.visionfashion.data.Fingerprint;
import org.visionfashion.metrics.Bootstrap;

/** Computes scores from what a model says about a split. A pure function of its arguments. */
public final class Scoring {

  /** The same draws for every model, so that two can be compared draw by draw. */
  public static final long BOOTSTRAP_SEED = 20_240_229;

  private Scoring() {}

  /**
   * Computes every score that the data allow.
   *
   * @param task the data
   * @param table the model's answers
   * @param prompts its embeddings of the class names; without them nothing is judged zero-shot
   * @param provenance copied into the result
   * @throws IllegalArgumentException where an embedding or logit is not finite
   */
  public static EvaluatedModel of(
      Task task, EmbeddingTable table, Optional<Prompts> prompts, Provenance provenance) {
    Scoreboard board = new Scoreboard(new Bootstrap(task.resamples(), BOOTSTRAP_SEED));
    CategoryJudge categories =
        new CategoryJudge(task.scheme(), task.training().labels().category_C(), board);
    Evaluation.Pictures pictures = Evaluation.Pictures.of(task, table);
    board.caution(Cautions.skipped(task.skipped(), table.examples().size()));
    board.caution(Cautions.skippedBefore(task.skippedBefore()));
    if (task.training().own()) {
      board.caution(Cautions.trainedOn(table.examples()));
      board.caution(Cautions.shared(table.examples(), task.training().items()));
      board.caution(Cautions.copies(task.training().leakage()));
    }
    board.caution(Cautions.cut(pictures));
    List<Details.Slice> slices =
        new RetrievalJudge(table.captioned(), task.scheme(), board).judge(task.attainable());
    Details.Category category = categories.judge(table);
    board.caution(categories.cautions(category));
    Details.Attributes attributes =
        new AttributeJudge(task.scheme(), task.training().labels(), board).judge(table);
    new ImageToImageJudge(board).judge(table);
    Details.ZeroShot zeroShot =
        prompts
            .map(each -> new ZeroShotJudge(each, task, categories, board).judge(table))
            .orElse(null);
    Evaluation evaluation =
        new Evaluation(
            task.split(),
            pictures,
            provenance,
            board.sections(),
            new Details(slices, category, attributes, zeroShot),
            null,
            board.cautions());
    String examples = Fingerprint.of(task.scheme(), table.examples());
    return new EvaluatedModel(evaluation, new Resamples(examples, board.draws()));
  }
}
