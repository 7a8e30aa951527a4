package org.visionfashion.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.ProtocolConfig;
import org.visionfashion.metrics.GroundTruthMetric;
import org.visionfashion.metrics.GroundTruthMetric.Kind;
import org.visionfashion.metrics.GroundTruthScores;

/** From files of qrels to scores, beside the definitions of trec_eval written out naively. */
class QrelsOracleTest {

  private static final List<Integer> KS = List.of(1, 3, 10);

  @TempDir private Path folder;

  @RepeatedTest(20)
  void randomQrels() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("QrelsOracleTest, seed " + seed);
    Random random = new Random(seed);
    int queries = 1 + random.nextInt(6);
    List<String> rows = new ArrayList<>();
    float[][] row_NE = new float[1 + random.nextInt(30)][];
    for (int n = 0; n < row_NE.length; n++) {
      rows.add("d" + random.nextInt(25)); // often twice
      row_NE[n] = new float[] {random.nextInt(3), random.nextInt(3)}; // ties
    }
    Map<String, Map<String, Integer>> qrels = new LinkedHashMap<>();
    StringBuilder trec = new StringBuilder();
    StringBuilder beir = new StringBuilder("query-id\tcorpus-id\tscore\n");
    StringBuilder texts = new StringBuilder();
    float[][] query_QE = new float[queries][];
    for (int q = 0; q < queries; q++) {
      query_QE[q] = new float[] {random.nextInt(3), random.nextInt(3) - 1};
      String id = "d" + q; // sometimes a document's
      Map<String, Integer> gains = new TreeMap<>();
      gains.put(rows.get(0), random.nextInt(2));
      for (int r = 0; r < random.nextInt(12); r++) {
        gains.put("d" + random.nextInt(35), random.nextInt(5) - 1);
      }
      qrels.put(id, gains);
      gains.forEach((d, g) -> trec.append(id + " 0  " + d + "\t" + g + "\n"));
      gains.forEach((d, g) -> beir.append(id + "\t" + d + "\t" + g + "\n"));
      texts.append("{\"_id\": \"" + id + "\", \"text\": \"query " + q + "\"}\n");
    }
    boolean ignore = random.nextBoolean();
    ProtocolConfig protocol = Binder.of(ProtocolConfig.class, "ignore_identical_ids=" + ignore);
    Documents documents = Documents.of(rows);
    Path queryFile = Files.writeString(folder.resolve("queries.jsonl"), texts);
    for (StringBuilder text : List.of(trec, beir)) {
      Path file = Files.writeString(folder.resolve("qrels"), text);
      GroundTruth truth = GroundTruth.ofQrels(file, queryFile, documents, protocol);
      for (Kind kind : Kind.values()) {
        for (int k : KS) {
          double found =
              GroundTruthScores.of(
                      List.of(new GroundTruthMetric(kind, k)),
                      query_QE,
                      row_NE,
                      documents.document_N(),
                      truth.judgements())
                  .found()
                  .value()[0];
          assertThat(found)
              .as("%s@%d, seed %d", kind, k, seed)
              .isCloseTo(naive(kind, k, qrels, query_QE, rows, row_NE, ignore), within(1e-9));
        }
      }
    }
  }

  private static double naive(
      Kind kind,
      int k,
      Map<String, Map<String, Integer>> qrels,
      float[][] query_QE,
      List<String> rows,
      float[][] row_NE,
      boolean ignore) {
    double sum = 0;
    int q = 0;
    for (Map.Entry<String, Map<String, Integer>> query : qrels.entrySet()) {
      Map<String, Float> run = new HashMap<>();
      for (int n = 0; n < row_NE.length; n++) {
        float score = query_QE[q][0] * row_NE[n][0] + query_QE[q][1] * row_NE[n][1];
        run.merge(rows.get(n), score, Float::max);
      }
      if (ignore) {
        run.remove(query.getKey());
      }
      List<String> ranked = new ArrayList<>(run.keySet());
      ranked.sort(
          Comparator.comparing((String id) -> -run.get(id))
              .thenComparing(Comparator.reverseOrder()));
      sum += naive(kind, k, query.getValue(), ranked);
      q++;
    }
    return sum / qrels.size();
  }

  private static double naive(Kind kind, int k, Map<String, Integer> qrels, List<String> ranked) {
    double relevant = 0;
    double found = 0;
    double first = 0;
    double dcg = 0;
    double binary = 0;
    for (int gain : qrels.values()) {
      relevant += gain > 0 ? 1 : 0;
    }
    for (int rank = 1; rank <= k && rank <= ranked.size(); rank++) {
      int gain = qrels.getOrDefault(ranked.get(rank - 1), 0);
      if (gain > 0) {
        found++;
        first = first == 0 ? 1.0 / rank : first;
        dcg += gain * Math.log(2) / Math.log(rank + 1);
        binary += Math.log(2) / Math.log(rank + 1);
      }
    }
    List<Integer> ideal = new ArrayList<>(qrels.values());
    ideal.sort(Comparator.reverseOrder());
    double best = 0;
    double binaryBest = 0;
    for (int rank = 1; rank <= k && rank <= ideal.size(); rank++) {
      best += Math.max(0, ideal.get(rank - 1)) * Math.log(2) / Math.log(rank + 1);
      binaryBest += (ideal.get(rank - 1) > 0 ? 1 : 0) * Math.log(2) / Math.log(rank + 1);
    }
    return switch (kind) {
      case HIT -> found > 0 ? 1 : 0;
      case RECALL -> relevant == 0 ? 0 : found / relevant;
      case PRECISION -> found / k;
      case RECIPROCAL_RANK -> first;
      case NDCG -> best == 0 ? 0 : dcg / best;
      case BINARY_NDCG -> binaryBest == 0 ? 0 : binary / binaryBest;
    };
  }

  private void refused(String qrels, String queries, String... words) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.tsv"), qrels);
    Path texts = Files.writeString(folder.resolve("texts.tsv"), queries);
    assertThatThrownBy(
            () ->
                GroundTruth.ofQrels(
                    file, texts, Documents.of(List.of("a", "b")), Binder.of(ProtocolConfig.class)))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    refused("q1 0 a\n", "q1\ttext", "bad.tsv", "line 1", "3 columns");
    refused("q1 0 a 1\nq1 0 b yes\n", "q1\ttext", "line 2", "yes");
    refused("q1 0 a 1\nq1 0 a 0\n", "q1\ttext", "line 2", "q1", "a");
    refused("q1 0 a 1\n", "q2\ttext", "texts.tsv", "q1");
    refused("q1 0 a 1\n", "q1 text", "texts.tsv", "line 1");
    refused("q1 0 a 1\n", "{\"_id\": \"q1\"", "texts.tsv", "line 1");
    refused("q1 0 a 1\n", "q1\ttext\nq1\tother", "line 2", "q1");
    refused("q1 0 c 1\n", "q1\ttext", "bad.tsv", "eval.protocol.documents=item");
    refused("\n", "q1\ttext", "bad.tsv");
  }

  @Test
  void whatIsLeftOutIsCounted() throws IOException {
    Path file = Files.writeString(folder.resolve("q"), "q1 0 a 1\nq1 0 a 1\nq1 0 c 1\nq2 0 a 0\n");
    Path texts = Files.writeString(folder.resolve("t"), "q1\tone\nq2\ttwo\nq3\tthree\n");
    GroundTruth truth =
        GroundTruth.ofQrels(
            file, texts, Documents.of(List.of("a", "b")), Binder.of(ProtocolConfig.class));
    assertThat(truth.notes()).hasSize(4).allMatch(note -> note.endsWith(": 1."));
  }

  @Test
  void publishedScoresStandOnlyBesideTheirOwnProtocol() {
    ProtocolConfig usual = Binder.of(ProtocolConfig.class);
    PublishedScores same = published(42_537, 2000, true, usual);
    assertThat(same.differs()).isEmpty();
    assertThat(same.scores()).hasSize(6);
    assertThat(same.scores().get("Marqo-FashionSigLIP"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("recall@1", .007, "recall@10", .031, "mrr@10", .015));
    assertThat(published(42_537, 900, false, usual).differs()).hasSize(2);
    assertThat(published(44_096, 2000, true, usual).scores()).isEmpty();
    assertThat(published(42_537, 2000, true, Binder.of(ProtocolConfig.class, "prefix=a ")).scores())
        .isEmpty();
    PublishedScores demo =
        PublishedScores.of("demo", 8000, ProtocolConfig.Task.TEXT_TO_IMAGE, 2000, true, usual);
    assertThat(demo.words()).isEmpty();
  }

  private static PublishedScores published(
      int documents, int queries, boolean all, ProtocolConfig protocol) {
    return PublishedScores.of(
        "Marqo/deepfashion-multimodal",
        documents,
        ProtocolConfig.Task.TEXT_TO_IMAGE,
        queries,
        all,
        protocol);
  }
}
