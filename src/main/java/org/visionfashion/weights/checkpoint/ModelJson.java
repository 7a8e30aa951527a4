package org.visionfashion.weights.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.file.JsonFile;

/**
 * {@code config.json}: the architecture under Hugging Face's names, the labels, how pictures are
 * prepared, where the weights come from.
 */
public final class ModelJson {

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
    if (architecture.logitBias()) {
      root.put("logit_bias", true);
    }
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
    node.put("hidden_act", lower(image.activation()));
    if (image.preLayernorm()) {
      node.put("pre_layernorm", true);
    }
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
   * @throws UserError where something is missing, cannot be or does not go together
   */
  static ModelDescription read(Path file) throws IOException {
    return new Reader(file).read();
  }

  /** The image tower that a node of a file describes. */
  public static Architecture.ImageEncoder image(Path file, JsonNode node) {
    return new Reader(file).image(node);
  }

  /** The text tower that a node of a file describes. */
  public static Architecture.TextEncoder text(Path file, JsonNode node) {
    return new Reader(file).text(node);
  }

  /** Reads one file; names it in every complaint. */
  private record Reader(Path file) {

    private static final int CHANNELS = 3;
    private static final int LEAST_TOKENS = 3;
    private static final int MOST_LAYERS = 1000;

    ModelDescription read() throws IOException {
      JsonNode root = JsonFile.read(file);
      int version = root.path("format_version").asInt(FORMAT_VERSION);
      if (version > FORMAT_VERSION) {
        throw bad("has format version " + version + "; this program reads " + FORMAT_VERSION);
      }
      Architecture architecture = architecture(root);
      JsonNode preprocessing = root.path("preprocessing");
      return new ModelDescription(
          architecture,
          channels(preprocessing, "image_mean"),
          channels(preprocessing, "image_std"),
          choice(preprocessing, "resampling", Resampling.BICUBIC),
          maxTokens(root, architecture.text().positions()),
          root.has("labels") ? Optional.of(labels(root, architecture)) : Optional.empty(),
          strings(root.path("provenance")));
    }

    private Architecture architecture(JsonNode root) {
      return new Architecture(
          image(root.path("image_encoder")),
          text(root.path("text_encoder")),
          size(root, "embedding_size"),
          whole(root, "num_categories", 0, Integer.MAX_VALUE),
          whole(root, "num_attributes", 0, Integer.MAX_VALUE),
          root.path("temperature").asDouble(0.07),
          root.path("max_scale").asDouble(100),
          root.path("logit_bias").asBoolean(false));
    }

    private Architecture.ImageEncoder image(JsonNode node) {
      JsonNode size = node.path("image_size");
      int height = size.isArray() ? size.path(0).asInt() : size.asInt();
      int width = size.isArray() ? size.path(1).asInt() : size.asInt();
      int patch = size(node, "patch_size");
      if (height <= 0 || width <= 0 || height % patch != 0 || width % patch != 0) {
        throw bad("image_size " + size + " is not a multiple of patch_size " + patch);
      }
      int channels = node.path("num_channels").asInt(CHANNELS);
      if (channels != CHANNELS) {
        throw bad("num_channels must be " + CHANNELS + ", is " + channels);
      }
      return new Architecture.ImageEncoder(
          height,
          width,
          patch,
          channels,
          size(node, "hidden_size"),
          whole(node, "num_hidden_layers", 1, MOST_LAYERS),
          heads(node),
          size(node, "intermediate_size"),
          choice(node, "hidden_act", Activation.GELU),
          node.path("pre_layernorm").asBoolean(false),
          node.path("layer_norm_eps").asDouble(1e-6),
          node.path("hidden_dropout_prob").asDouble(0),
          choice(node, "pooling", Pooling.CLS));
    }

    private Architecture.TextEncoder text(JsonNode node) {
      return new Architecture.TextEncoder(
          vocabulary(node),
          size(node, "hidden_size"),
          whole(node, "num_hidden_layers", 1, MOST_LAYERS),
          heads(node),
          size(node, "intermediate_size"),
          size(node, "max_position_embeddings"),
          size(node, "type_vocab_size"),
          node.path("layer_norm_eps").asDouble(1e-12),
          node.path("hidden_dropout_prob").asDouble(0),
          choice(node, "pooling", Pooling.CLS));
    }

    /** BERT knows no other activation here. */
    private int vocabulary(JsonNode text) {
      String activation = text.path("hidden_act").asText("gelu");
      if (!activation.equals("gelu")) {
        throw bad("hidden_act must be gelu, is " + activation);
      }
      return size(text, "vocab_size");
    }

    private int heads(JsonNode encoder) {
      int heads = size(encoder, "num_attention_heads");
      int hidden = size(encoder, "hidden_size");
      if (hidden % heads != 0) {
        throw bad("hidden_size " + hidden + " is not a multiple of num_attention_heads " + heads);
      }
      return heads;
    }

    private int maxTokens(JsonNode root, int positions) {
      int tokens = root.has("max_tokens") ? size(root, "max_tokens") : positions;
      if (tokens < LEAST_TOKENS || tokens > positions) {
        throw bad(
            String.format(
                "max_tokens must be between %d and max_position_embeddings %d, is %d",
                LEAST_TOKENS, positions, tokens));
      }
      return tokens;
    }

    private int size(JsonNode node, String key) {
      return whole(node, key, 1, Integer.MAX_VALUE);
    }

    private int whole(JsonNode node, String key, int least, int most) {
      JsonNode value = node.path(key);
      if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
        throw bad(
            String.format(
                "%s must be a whole number from %d %s, is %s",
                key,
                least,
                most == Integer.MAX_VALUE ? "on" : "to " + most,
                value.isMissingNode() ? "missing" : value));
      }
      return value.asInt();
    }

    /** A number a colour channel; one half where the file does not say. */
    private List<Double> channels(JsonNode node, String key) {
      if (!node.has(key)) {
        return List.of(HALF, HALF, HALF);
      }
      List<Double> numbers = new ArrayList<>();
      node.path(key).forEach(number -> numbers.add(number.asDouble()));
      boolean divisor = key.equals("image_std");
      if (numbers.size() != CHANNELS || (divisor && numbers.stream().anyMatch(x -> x <= 0))) {
        throw bad(
            key
                + " must be three "
                + (divisor ? "positive " : "")
                + "numbers, is "
                + node.get(key));
      }
      return List.copyOf(numbers);
    }

    private LabelScheme labels(JsonNode root, Architecture architecture) {
      JsonNode node = root.path("labels");
      List<LabelScheme.AttributeGroup> groups = new ArrayList<>();
      for (JsonNode each : node.path("attributes")) {
        groups.add(
            new LabelScheme.AttributeGroup(
                each.path("group").asText(),
                texts(each.path("values")),
                choice(each, "kind", LabelScheme.Kind.TAGS),
                each.path("not_applicable").asInt(-1)));
      }
      LabelScheme scheme =
          new LabelScheme(node.path("scheme").asText(), texts(node.path("categories")), groups);
      if (scheme.categories().size() != architecture.categories()
          || scheme.attributeCount() != architecture.attributes()) {
        throw bad(
            String.format(
                "labels names %d categories and %d attributes; num_categories is %d,"
                    + " num_attributes %d",
                scheme.categories().size(),
                scheme.attributeCount(),
                architecture.categories(),
                architecture.attributes()));
      }
      return scheme;
    }

    private <E extends Enum<E>> E choice(JsonNode node, String key, E usual) {
      String name = node.path(key).asText(lower(usual)).toLowerCase(Locale.ROOT);
      List<E> values = List.of(usual.getDeclaringClass().getEnumConstants());
      return values.stream()
          .filter(value -> lower(value).equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  bad(
                      key
                          + " must be one of "
                          + values.stream().map(ModelJson::lower).toList()
                          + ", is "
                          + name));
    }

    private UserError bad(String what) {
      return new UserError(file + ": " + OneLine.of(what));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
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
