package org.visionfashion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.eval.ScoreKey;

/**
 * The head of a model card that machines read, as YAML: the keys of Hugging Face's model cards
 * ({@code license}, {@code tags}, {@code model-index}, ...).
 */
final class FrontMatter {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private FrontMatter() {}

  /** Of a model without scores. */
  static String of(String license, String dataset) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("license", license);
    head.put("library_name", "visionfashion");
    head.put("pipeline_tag", "zero-shot-image-classification");
    head.put("tags", List.of("fashion", "image-text-retrieval", "clip", "vit", "bert"));
    head.put("datasets", List.of(dataset));
    return "---\n" + yaml(head) + "---\n\n";
  }

  /** The key {@code model-index} with the scores that are known. */
  static String results(String model, Evaluation evaluation) {
    Map<String, List<Map<String, Object>>> metrics = new LinkedHashMap<>();
    for (ScoreKey key : ScoreKey.HEADLINES) {
      evaluation
          .score(key.key())
          .filter(score -> Double.isFinite(score.value()))
          .ifPresent(
              score ->
                  metrics
                      .computeIfAbsent(task(key), task -> new ArrayList<>())
                      .add(metric(key, score)));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    metrics.forEach((task, scores) -> results.add(result(task, evaluation, scores)));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", model);
    entry.put("results", results);
    return yaml(Map.of("model-index", List.of(entry)));
  }

  /** Hugging Face's name of what a score measures. */
  private static String task(ScoreKey key) {
    return switch (key.group()) {
      case CATEGORY -> "image-classification";
      case ATTRIBUTES, TEXTURES -> "multi-label-image-classification";
      case IMAGE_TO_IMAGE -> "image-to-image-retrieval";
      default -> "image-text-retrieval";
    };
  }

  private static Map<String, Object> result(
      String task, Evaluation evaluation, List<Map<String, Object>> metrics) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", evaluation.provenance().dataset());
    dataset.put("type", evaluation.provenance().dataset());
    dataset.put("split", evaluation.split());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", Map.of("type", task));
    result.put("dataset", dataset);
    result.put("metrics", metrics);
    return result;
  }

  private static Map<String, Object> metric(ScoreKey key, Score score) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", score.name());
    metric.put("name", key.title());
    metric.put("value", Math.round(score.value() * 10_000) / 10_000.0);
    return metric;
  }

  private static String yaml(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
