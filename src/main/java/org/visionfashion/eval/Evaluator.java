package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.metrics.Bootstrap;

/** Judges what a model says about a split. A pure function of its arguments. */
public final class Evaluator {

  /** The same draws for every model, so that intervals of two runs can be compared. */
  private static final long BOOTSTRAP_SEED = 20_240_229;

  private Evaluator() {}

  /**
   * {@link #evaluate(String, EmbeddingTable, LabelScheme, LabelCounts, Set, int, Optional,
   * Provenance)} without knowledge of the training items.
   */
  public static Evaluation evaluate(
      String split,
      EmbeddingTable table,
      LabelScheme scheme,
      LabelCounts training,
      int resamples,
      Optional<AttainableRecall> attainable,
      Provenance provenance) {
    return evaluate(split, table, scheme, training, Set.of(), resamples, attainable, provenance);
  }

  /**
   * Computes every score that the data allow.
   *
   * @param split name of the split
   * @param table the model's answers
   * @param scheme what the logits mean
   * @param training label counts of the training split, for the constant predictors
   * @param trainingItems products that training has seen, to warn of those the split shares
   * @param resamples draws behind the confidence intervals, 0 = none
   * @param attainable best possible retrieval, where the data set says so
   * @param provenance copied into the result
   * @throws IllegalArgumentException where an embedding or logit is not finite
   */
  public static Evaluation evaluate(
      String split,
      EmbeddingTable table,
      LabelScheme scheme,
      LabelCounts training,
      Set<String> trainingItems,
      int resamples,
      Optional<AttainableRecall> attainable,
      Provenance provenance) {
    Bootstrap bootstrap = new Bootstrap(resamples, BOOTSTRAP_SEED);
    Judged<RetrievalReport> retrieval =
        new RetrievalJudge(table.pairs(), bootstrap).judge(attainable);
    Judged<CategoryReport> category =
        new CategoryJudge(scheme, training.category_C(), bootstrap).judge(table);
    Judged<AttributeReport> attributes =
        new AttributeJudge(scheme, training, bootstrap).judge(table);

    List<String> cautions = new ArrayList<>(Cautions.shared(table.items(), trainingItems));
    List<Section> sections = new ArrayList<>();
    Stream.of(retrieval, category, attributes)
        .forEach(
            judged -> {
              sections.addAll(judged.sections());
              cautions.addAll(judged.cautions());
            });
    return new Evaluation(
        split,
        table.examples().size(),
        retrieval.report(),
        category.report(),
        attributes.report(),
        provenance,
        sections,
        cautions);
  }
}
