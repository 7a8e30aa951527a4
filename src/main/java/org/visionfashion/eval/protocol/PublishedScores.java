package org.visionfashion.eval.protocol;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.visionfashion.config.ProtocolConfig;
import org.visionfashion.config.ProtocolConfig.Task;

/**
 * Scores that others published for a task on these data: for reference, never measured here.
 *
 * @param source who published them, where and when
 * @param differs what is different here, in words; where anything is, no scores are shown
 * @param scores by model, then by metric
 */
public record PublishedScores(
    String source, List<String> differs, Map<String, Map<String, Double>> scores) {

  private static final String SOURCE =
      "Marqo, LEADERBOARD.md of github.com/marqo-ai/marqo-FashionCLIP, 2024-08-09";
  private static final int NAMED = 5; // columns before the scores

  /** None. */
  private static final PublishedScores NONE = new PublishedScores("", List.of(), Map.of());

  /**
   * What is known of a task.
   *
   * @param dataset name
   * @param documents that are searched
   * @param all whether every document's captions and labels may ask
   */
  static PublishedScores of(
      String dataset, int documents, Task task, int queries, boolean all, ProtocolConfig protocol) {
    List<CSVRecord> rows =
        rows().stream()
            .filter(row -> dataset.toLowerCase(Locale.ROOT).contains(row.get("data_set")))
            .filter(row -> row.get("task").equals(task.name().toLowerCase(Locale.ROOT)))
            .toList();
    if (rows.isEmpty()) {
      return NONE;
    }
    CSVRecord row = rows.get(0);
    List<String> differs = new ArrayList<>();
    differ(
        differs,
        Integer.parseInt(row.get("documents")),
        documents,
        "%,d documents there, %,d here");
    differ(differs, Integer.parseInt(row.get("queries")), queries, "%,d queries there, %,d here");
    if (!all) {
      differs.add("queries of one split alone here");
    }
    boolean captions = task == Task.TEXT_TO_IMAGE;
    List<Double> weights = captions ? List.of(1.0, 0.0) : List.of(0.9, 0.1);
    if (!protocol.weights(task).equals(weights)) {
      differs.add("documents weighted " + weights + " there, " + protocol.weights(task) + " here");
    }
    if (!protocol.prefix().isEmpty()) {
      differs.add("a prefix before the queries here");
    }
    String source = captions ? SOURCE + "; another draw of the queries" : SOURCE;
    return new PublishedScores(source, differs, differs.isEmpty() ? scores(rows) : Map.of());
  }

  private static void differ(List<String> differs, int there, int here, String words) {
    if (there != here) {
      differs.add(String.format(Locale.ROOT, words, there, here));
    }
  }

  private static Map<String, Map<String, Double>> scores(List<CSVRecord> rows) {
    Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
    for (CSVRecord row : rows) {
      scores.put(
          row.get("model"),
          row.getParser().getHeaderNames().stream()
              .skip(NAMED)
              .filter(metric -> !row.get(metric).isEmpty())
              .collect(
                  Collectors.toMap(
                      metric -> metric,
                      metric -> Double.valueOf(row.get(metric)),
                      (one, other) -> one,
                      LinkedHashMap::new)));
    }
    return scores;
  }

  private static List<CSVRecord> rows() {
    try (Reader file =
            new InputStreamReader(
                PublishedScores.class.getResourceAsStream("published.csv"),
                StandardCharsets.UTF_8);
        Stream<CSVRecord> rows =
            CSVFormat.DEFAULT
                .builder()
                .setCommentMarker('#')
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(file)
                .stream()) {
      return rows.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line on where they come from, or why they are not shown; none where nothing is known. */
  public List<String> words() {
    if (source.isEmpty()) {
      return List.of();
    }
    return List.of(
        differs.isEmpty()
            ? "Published for these data and this protocol, not measured here: " + source
            : "Published scores are not shown, for they are of another protocol: "
                + String.join("; ", differs)
                + " ("
                + source
                + ")");
  }
}
