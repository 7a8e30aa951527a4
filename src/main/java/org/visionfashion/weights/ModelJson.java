package org.visionfashion.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.model.Architecture;

/**
 * {@code config.json}: the architecture under Hugging Face's names, the labels, how pictures are
 * prepared, where the weights come from.
 */
final class ModelJson {

  static final int FORMAT_VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final double HALF = 0.5;

  private ModelJson() {}

  static String write(ModelDescription model) {
    Architecture architecture = model.architecture();
    ObjectNode root = JSON.createObjectNode();
    root.put("format_version", FORMAT_VERSION);
    writeImage(root.putObject("image_encoder"), architecture.image());
    writeText(root.putObject("text_encoder"), architecture.text());
    root.put("embedding_size", architecture.embeddingSize());
    root.put("num_categories", architecture.categories());
    root.put("num_attributes", architecture.attributes());
    root.put("temperature", architecture.temperature());
    root.put("max_scale", architecture.maxScale());
    root.put("max_tokens", model.maxTokens());
    ObjectNode preprocessing = root.putObject("preprocessing");
    preprocessing.set("image_mean", JSON.valueToTree(model.mean()));
    preprocessing.set("image_std", JSON.valueToTree(model.std()));
    preprocessing.put("resampling", lower(model.resampling()));
    model.labels().ifPresent(labels -> writeLabels(root.putObject("labels"), labels));
    ObjectNode provenance = root.putObject("provenance");
    model.provenance().forEach(provenance::put);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeImage(ObjectNode node, Architecture.ImageEncoder image) {
    if (image.height() == image.width()) {
      node.put("image_size", image.height());
    } else {
      node.putArray("image_size").add(image.height()).add(image.width());
    }
    node.put("patch_size", image.patch());
    node.put("num_channels", image.channels());
    node.put("hidden_size", image.hidden());
    node.put("num_hidden_layers", image.layers());
    node.put("num_attention_heads", image.heads());
    node.put("intermediate_size", image.intermediate());
    node.put("hidden_act", "gelu");
    node.put("layer_norm_eps", image.epsilon());
    node.put("hidden_dropout_prob", image.dropout());
    node.put("attention_probs_dropout_prob", image.dropout());
    node.put("qkv_bias", true);
    node.put("pooling", lower(image.pooling()));
  }

  private static void writeText(ObjectNode node, Architecture.TextEncoder text) {
    node.put("vocab_size", text.vocabulary());
    node.put("hidden_size", text.hidden());
    node.put("num_hidden_layers", text.layers());
    node.put("num_attention_heads", text.heads());
    node.put("intermediate_size", text.intermediate());
    node.put("max_position_embeddings", text.positions());
    node.put("type_vocab_size", text.tokenTypes());
    node.put("hidden_act", "gelu");
    node.put("layer_norm_eps", text.epsilon());
    node.put("hidden_dropout_prob", text.dropout());
    node.put("attention_probs_dropout_prob", text.dropout());
    node.put("pad_token_id", 0);
    node.put("pooling", lower(text.pooling()));
  }

  private static void writeLabels(ObjectNode node, LabelScheme scheme) {
    node.put("scheme", scheme.name());
    node.set("categories", JSON.valueToTree(scheme.categories()));
    ArrayNode groups = node.putArray("attributes");
    for (LabelScheme.AttributeGroup group : scheme.groups()) {
      ObjectNode each = groups.addObject();
      each.put("group", group.name());
      each.put("kind", lower(group.kind()));
      each.put("not_applicable", group.notApplicable());
      each.set("values", JSON.valueToTree(group.values()));
    }
  }

  /**
   * Reads a {@code config.json}; also one that states the sizes alone.
   *
   * @throws WeightsException where a size is missing or cannot be
   */
  static ModelDescription read(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new WeightsException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    int version = root.path("format_version").asInt(FORMAT_VERSION);
    if (version > FORMAT_VERSION) {
      throw new WeightsException(
          file + " has format version " + version + "; this program reads " + FORMAT_VERSION);
    }
    Reader reader = new Reader(file);
    Architecture.TextEncoder text = reader.text(root.path("text_encoder"));
    Architecture architecture =
        new Architecture(
            reader.image(root.path("image_encoder")),
            text,
            reader.size(root, "embedding_size"),
            reader.size(root, "num_categories"),
            reader.size(root, "num_attributes"),
            root.path("temperature").asDouble(0.07),
            root.path("max_scale").asDouble(100));
    JsonNode preprocessing = root.path("preprocessing");
    return new ModelDescription(
        architecture,
        doubles(preprocessing.path("image_mean")),
        doubles(preprocessing.path("image_std")),
        Resampling.valueOf(
            preprocessing.path("resampling").asText("bicubic").toUpperCase(Locale.ROOT)),
        root.path("max_tokens").asInt(text.positions()),
        root.has("labels") ? Optional.of(labels(root.path("labels"))) : Optional.empty(),
        strings(root.path("provenance")));
  }

  /** Reads sizes; names the file where one is missing. */
  private record Reader(Path file) {

    Architecture.ImageEncoder image(JsonNode node) {
      JsonNode size = node.path("image_size");
      int height = size.isArray() ? size.path(0).asInt() : size.asInt();
      int width = size.isArray() ? size.path(1).asInt() : size.asInt();
      int patch = size(node, "patch_size");
      if (height <= 0 || width <= 0 || height % patch != 0 || width % patch != 0) {
        throw new WeightsException(
            file + ": image_size " + size + " is not a multiple of patch_size " + patch);
      }
      return new Architecture.ImageEncoder(
          height,
          width,
          patch,
          node.path("num_channels").asInt(3),
          size(node, "hidden_size"),
          size(node, "num_hidden_layers"),
          size(node, "num_attention_heads"),
          size(node, "intermediate_size"),
          node.path("layer_norm_eps").asDouble(1e-6),
          node.path("hidden_dropout_prob").asDouble(0),
          pooling(node));
    }

    Architecture.TextEncoder text(JsonNode node) {
      return new Architecture.TextEncoder(
          size(node, "vocab_size"),
          size(node, "hidden_size"),
          size(node, "num_hidden_layers"),
          size(node, "num_attention_heads"),
          size(node, "intermediate_size"),
          size(node, "max_position_embeddings"),
          size(node, "type_vocab_size"),
          node.path("layer_norm_eps").asDouble(1e-12),
          node.path("hidden_dropout_prob").asDouble(0),
          pooling(node));
    }

    int size(JsonNode node, String key) {
      JsonNode value = node.path(key);
      if (!value.isInt() || value.asInt() < 0) {
        throw new WeightsException(file + ": " + key + " must be a whole number, is " + value);
      }
      return value.asInt();
    }
  }

  private static Pooling pooling(JsonNode node) {
    return Pooling.valueOf(node.path("pooling").asText("cls").toUpperCase(Locale.ROOT));
  }

  private static LabelScheme labels(JsonNode node) {
    List<LabelScheme.AttributeGroup> groups = new ArrayList<>();
    for (JsonNode each : node.path("attributes")) {
      groups.add(
          new LabelScheme.AttributeGroup(
              each.path("group").asText(),
              texts(each.path("values")),
              LabelScheme.Kind.valueOf(each.path("kind").asText().toUpperCase(Locale.ROOT)),
              each.path("not_applicable").asInt(-1)));
    }
    return new LabelScheme(node.path("scheme").asText(), texts(node.path("categories")), groups);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(node -> numbers.add(node.asDouble()));
    return numbers.isEmpty() ? List.of(HALF, HALF, HALF) : List.copyOf(numbers);
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new LinkedHashMap<>();
    object.properties().forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
    return strings;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
