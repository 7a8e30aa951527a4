package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.data.Fingerprint;
import org.visionfashion.metrics.Bootstrap;

/** Judges what a model says about a split. A pure function of its arguments. */
public final class Evaluator {

  /** The same draws for every model, so that two can be compared draw by draw. */
  private static final long BOOTSTRAP_SEED = 20_240_229;

  private Evaluator() {}

  /**
   * Computes every score that the data allow.
   *
   * @param task the data
   * @param table the model's answers
   * @param prompts its embeddings of the class names; without them nothing is judged zero-shot
   * @param provenance copied into the result
   * @throws IllegalArgumentException where an embedding or logit is not finite
   */
  public static Evaluation evaluate(
      Task task, EmbeddingTable table, Optional<Prompts> prompts, Provenance provenance) {
    Bootstrap bootstrap = new Bootstrap(task.resamples(), BOOTSTRAP_SEED);
    Pairs pairs = table.pairs();
    CategoryJudge categories =
        new CategoryJudge(task.scheme(), task.training().category_C(), bootstrap);
    AttributeJudge attributes = new AttributeJudge(task.scheme(), task.training(), bootstrap);

    Judged<RetrievalReport> retrieved =
        new RetrievalJudge(pairs, task.scheme(), bootstrap).judge(task.attainable());
    Judged<CategoryReport> classified = categories.judge(table);
    Judged<AttributeReport> described = attributes.judge(table);
    Judged<ImageToImageReport> recommended = new ImageToImageJudge(bootstrap).judge(table);
    Judged<ZeroShotReport> named =
        prompts
            .map(each -> new ZeroShotJudge(each, task, categories, bootstrap).judge(table))
            .orElse(Judged.none());

    List<String> cautions = new ArrayList<>(Cautions.shared(table.items(), task.trainingItems()));
    List<Section> sections = new ArrayList<>();
    Map<String, double[]> draws = new LinkedHashMap<>();
    for (Judged<?> judged : List.of(retrieved, classified, described, recommended, named)) {
      sections.addAll(judged.sections());
      draws.putAll(judged.draws());
      cautions.addAll(judged.cautions());
    }
    return new Evaluation(
        task.split(),
        table.examples().size(),
        retrieved.report(),
        classified.report(),
        described.report(),
        provenance,
        recommended.report(),
        named.report(),
        null,
        sections,
        cautions,
        new Resamples(Fingerprint.of(task.scheme(), table.examples()), draws));
  }
}
