package org.visionfashion.eval.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ProtocolConfig;
import org.visionfashion.config.ProtocolConfig.Task;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.eval.Evaluator;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.Scoring;
import org.visionfashion.eval.Section;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Estimate;
import org.visionfashion.metrics.GroundTruthMetric;
import org.visionfashion.metrics.GroundTruthMetric.Kind;
import org.visionfashion.metrics.GroundTruthScores;
import org.visionfashion.metrics.Judgement;
import org.visionfashion.weights.checkpoint.Checkpoint;

/**
 * Judges models one after the other by the same ground truth: all pictures of a data set are
 * searched; the captions and labels of a part of them ask, or the queries of a file.
 */
public final class ProtocolEvaluation {

  private static final Map<String, GroundTruthMetric> METRICS = metrics();

  private final Dataset dataset;
  private final Part part;
  private final Config config;
  private final Function<String, Progress> progress;
  private final List<ProtocolResult.Model> models = new ArrayList<>();
  private final Map<Task, Judged> tasks = new EnumMap<>(Task.class);
  private final List<String> cautions = new ArrayList<>();

  /**
   * Prepares the evaluation; {@code eval.protocol} says what is asked.
   *
   * @param part whose captions and labels ask
   * @param progress told the name of each piece of work, then how far it is
   */
  public ProtocolEvaluation(
      Dataset dataset, Part part, Config config, Function<String, Progress> progress) {
    this.dataset = dataset;
    this.part = part;
    this.config = config;
    this.progress = progress;
  }

  private static Map<String, GroundTruthMetric> metrics() {
    Map<String, GroundTruthMetric> metrics = new LinkedHashMap<>();
    for (int k : new int[] {1, 10}) {
      metrics.put("any_hit@" + k, new GroundTruthMetric(Kind.HIT, k));
      metrics.put("recall@" + k, new GroundTruthMetric(Kind.RECALL, k));
      metrics.put("precision@" + k, new GroundTruthMetric(Kind.PRECISION, k));
    }
    metrics.put("mrr@10", new GroundTruthMetric(Kind.RECIPROCAL_RANK, 10));
    metrics.put("ndcg@10", new GroundTruthMetric(Kind.NDCG, 10));
    metrics.put("binary_ndcg@10", new GroundTruthMetric(Kind.BINARY_NDCG, 10));
    return metrics;
  }

  /** A task as model after model answers it. */
  private record Judged(
      GroundTruth truth,
      Documents documents,
      Map<String, GroundTruthMetric> metrics,
      Map<String, String> choices,
      List<Estimate> estimates,
      List<Section> sections,
      PublishedScores published) {}

  /**
   * Judges a model.
   *
   * @param name to show
   * @param place that it was opened from
   * @param checkpoint on the device that is to compute; stays open
   * @throws UserError where there is nothing to ask or to search
   */
  public void judge(String name, Path place, Checkpoint checkpoint) throws IOException {
    if (dataset.examples().isEmpty()) {
      throw new UserError(dataset.root() + ": there are no examples");
    }
    Embedder embedder = Embedder.ofTrained(checkpoint, config);
    EmbeddingTable table =
        embedder.pictures(dataset.examples(), progress.apply("embedding for " + name));
    if (models.isEmpty()) {
      prepare(table);
    }
    models.add(new ProtocolResult.Model(name, Evaluator.provenance(place, checkpoint, dataset)));
    caution(name, checkpoint, table);
    float[][] caption_NE = captions(embedder, table.examples());
    for (Map.Entry<Task, Judged> each : tasks.entrySet()) {
      judge(name, each.getKey(), each.getValue(), embedder, table, caption_NE);
    }
  }

  /** The tasks, of the pictures that can be read: the same whichever model embeds them. */
  private void prepare(EmbeddingTable table) throws IOException {
    ProtocolConfig protocol = config.eval().protocol();
    List<Example> rows = table.examples();
    for (Task task : protocol.tasks()) {
      boolean items = task == Task.QRELS && protocol.documents() == ProtocolConfig.Documents.ITEM;
      Documents documents =
          Documents.of(items ? table.items() : rows.stream().map(Example::id).toList());
      GroundTruth truth =
          switch (task) {
            case TEXT_TO_IMAGE -> GroundTruth.ofCaptions(rows, documents, part, protocol);
            case CATEGORY_TO_PRODUCT ->
                GroundTruth.ofCategories(rows, documents, dataset.scheme(), part, protocol);
            case ATTRIBUTE_TO_PRODUCT ->
                GroundTruth.ofAttributes(rows, documents, dataset.scheme(), part, protocol);
            case QRELS ->
                GroundTruth.ofQrels(
                    file(protocol.qrels(), "qrels"),
                    file(protocol.queries(), "queries"),
                    documents,
                    protocol);
          };
      Map<String, GroundTruthMetric> metrics = new LinkedHashMap<>(METRICS);
      if (truth.judgements().stream().noneMatch(Judgement::graded)) {
        metrics.remove("binary_ndcg@10");
      }
      tasks.put(
          task,
          new Judged(
              truth,
              documents,
              metrics,
              choices(task, truth, documents, rows.size()),
              new ArrayList<>(),
              new ArrayList<>(),
              PublishedScores.of(
                  dataset.name(),
                  documents.ids().size(),
                  task,
                  truth.queries().size(),
                  part == Part.ALL,
                  protocol)));
    }
    count(
        dataset.examples().size() - rows.size(),
        dataset.examples().size(),
        "pictures could not be read and are not searched");
    if (captionsCount()) {
      count(
          rows.stream().filter(row -> !row.hasCaption()).count(),
          rows.size(),
          "pictures have no caption to weigh and count alone");
    }
  }

  private void count(long some, int all, String words) {
    if (some > 0) {
      cautions.add(String.format(Locale.ROOT, "%,d of %,d %s.", some, all, words));
    }
  }

  /** Whether a task searches more than pictures. */
  private boolean captionsCount() {
    ProtocolConfig protocol = config.eval().protocol();
    return protocol.tasks().stream().anyMatch(task -> protocol.weights(task).get(1) > 0);
  }

  private static Path file(String name, String key) {
    if (name.isEmpty()) {
      throw new UserError(
          "task qrels: no file of %1$s; name it with --%1$s FILE or eval.protocol.%1$s"
              .formatted(key));
    }
    return ProjectFolder.resolve(name);
  }

  private Map<String, String> choices(
      Task task, GroundTruth truth, Documents documents, int pictures) {
    ProtocolConfig protocol = config.eval().protocol();
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("data", dataset.name());
    choices.put("queries", String.format(Locale.ROOT, "%,d", truth.queries().size()));
    choices.put(
        "of",
        task == Task.QRELS ? Path.of(protocol.queries()).getFileName().toString() : part.label());
    if (task == Task.QRELS) {
      choices.put("judged by", Path.of(protocol.qrels()).getFileName().toString());
    } else {
      choices.put("seed", Long.toString(protocol.seed()));
    }
    choices.put("documents", String.format(Locale.ROOT, "%,d", documents.ids().size()));
    choices.put("pictures", String.format(Locale.ROOT, "%,d", pictures));
    List<Double> weights = protocol.weights(task);
    choices.put("weights", "%s picture + %s caption".formatted(weights.get(0), weights.get(1)));
    choices.put("prefix", "\"" + protocol.prefix() + "\"");
    choices.put("identical ids", protocol.ignoreIdenticalIds() ? "ignored" : "kept");
    return choices;
  }

  private void caution(String name, Checkpoint checkpoint, EmbeddingTable table) {
    if (Evaluator.isOwn(checkpoint, dataset)) {
      count(
          table.examples().stream().filter(example -> example.split() == Split.TRAIN).count(),
          table.examples().size(),
          "pictures that are searched are training pictures of " + name);
    }
    List<String> queries =
        tasks.values().stream().flatMap(task -> task.truth.queries().stream()).toList();
    String prefix = config.eval().protocol().prefix();
    int cut = checkpoint.tokenizer().cut(queries.stream().map(prefix::concat).toList());
    count(cut, queries.size(), "queries are longer than " + name + " reads and are cut");
  }

  /** First captions, a row a picture, null where it has none; no rows where no task asks. */
  private float[][] captions(Embedder embedder, List<Example> rows) {
    if (!captionsCount()) {
      return new float[0][];
    }
    List<String> distinct =
        rows.stream().map(Example::caption).filter(text -> !text.isEmpty()).distinct().toList();
    float[][] text_ME = embedder.texts(distinct);
    Map<String, float[]> embeddings = new LinkedHashMap<>();
    for (int m = 0; m < text_ME.length; m++) {
      embeddings.put(distinct.get(m), text_ME[m]);
    }
    return rows.stream().map(row -> embeddings.get(row.caption())).toArray(float[][]::new);
  }

  private void judge(
      String name,
      Task task,
      Judged judged,
      Embedder embedder,
      EmbeddingTable table,
      float[][] caption_NE) {
    ProtocolConfig protocol = config.eval().protocol();
    List<String> texts = judged.truth.queries().stream().map(protocol.prefix()::concat).toList();
    List<Double> weights = protocol.weights(task);
    float[][] row_NE =
        weights.get(1) == 0
            ? table.image_NE()
            : IntStream.range(0, caption_NE.length)
                .mapToObj(n -> mixed(table.image_NE()[n], caption_NE[n], weights))
                .toArray(float[][]::new);
    GroundTruthScores scores =
        GroundTruthScores.of(
            List.copyOf(judged.metrics.values()),
            embedder.texts(texts),
            row_NE,
            judged.documents.document_N(),
            judged.truth.judgements());
    Estimate estimate =
        Estimate.of(
            scores.found(), new Bootstrap(config.eval().bootstrap(), Scoring.BOOTSTRAP_SEED));
    add(name, task, judged, scores, estimate);
  }

  private void add(
      String name, Task task, Judged judged, GroundTruthScores scores, Estimate estimate) {
    List<String> names = List.copyOf(judged.metrics.keySet());
    int queries = judged.truth.queries().size();
    char letter = (char) ('A' + judged.estimates.size());
    String key = task.name().toLowerCase(Locale.ROOT) + "." + name;
    judged.sections.add(
        new Section(
            key,
            letter + ": " + name,
            "queries",
            "chance",
            IntStream.range(0, names.size())
                .mapToObj(
                    k ->
                        new Score(
                            names.get(k),
                            estimate.value_K()[k],
                            queries,
                            scores.chance_K()[k],
                            scores.best_K()[k],
                            estimate.interval(k)))
                .toList()));
    if (!judged.estimates.isEmpty()) {
      Estimate first = judged.estimates.get(0);
      judged.sections.add(
          new Section(
              key + ".difference",
              letter + " minus A",
              "queries",
              "",
              IntStream.range(0, names.size())
                  .mapToObj(k -> difference(names.get(k), queries, estimate, first, k))
                  .toList()));
    }
    judged.estimates.add(estimate);
  }

  /** By the same draws of the same queries. */
  private static Score difference(
      String metric, int queries, Estimate estimate, Estimate first, int k) {
    Difference difference =
        Difference.of(
            estimate.value_K()[k], estimate.draw_KR()[k], first.value_K()[k], first.draw_KR()[k]);
    return new Score(
        metric, difference.value(), queries, Double.NaN, Double.NaN, difference.interval());
  }

  /** The weighted sum brought to length 1; of a picture without caption, the picture alone. */
  static float[] mixed(float[] image_E, float[] caption_E, List<Double> weights) {
    if (caption_E == null) {
      return image_E;
    }
    double[] sum_E = new double[image_E.length];
    double squares = 0;
    for (int e = 0; e < sum_E.length; e++) {
      sum_E[e] = weights.get(0) * image_E[e] + weights.get(1) * caption_E[e];
      squares += sum_E[e] * sum_E[e];
    }
    float[] mixed_E = new float[sum_E.length];
    for (int e = 0; e < sum_E.length; e++) {
      mixed_E[e] = (float) (sum_E[e] / Math.sqrt(squares));
    }
    return mixed_E;
  }

  /** All that was judged so far. */
  public ProtocolResult result() {
    return new ProtocolResult(
        part.label(),
        models,
        tasks.entrySet().stream()
            .map(
                each ->
                    new ProtocolResult.Task(
                        each.getKey().name().toLowerCase(Locale.ROOT),
                        each.getValue().choices,
                        each.getValue().truth.notes(),
                        each.getValue().sections,
                        each.getValue().published))
            .toList(),
        cautions);
  }
}
