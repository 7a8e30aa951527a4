package org.visionfashion.data.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Hugging Face's {@code datasets} notes in a file's footer about its columns. */
record HuggingFaceFeatures(JsonNode features) {

  private static final String KEY = "huggingface";
  private static final JsonMapper JSON = new JsonMapper();

  /** None where the notes are missing or damaged: a data set can be read without them. */
  static HuggingFaceFeatures of(Map<String, String> metadata) {
    try {
      JsonNode root = JSON.readTree(metadata.getOrDefault(KEY, "{}"));
      return new HuggingFaceFeatures(root.path("info").path("features"));
    } catch (JsonProcessingException e) {
      return new HuggingFaceFeatures(JSON.createObjectNode());
    }
  }

  /** The names of a column of classes, or of lists of classes; none where it is neither. */
  List<String> classes(String column) {
    JsonNode feature = features.path(column);
    JsonNode element = feature.has("feature") ? feature.path("feature") : feature;
    List<String> names = new ArrayList<>();
    if (element.path("_type").asText().equals("ClassLabel")) {
      element.path("names").forEach(name -> names.add(name.asText()));
    }
    return names;
  }
}
