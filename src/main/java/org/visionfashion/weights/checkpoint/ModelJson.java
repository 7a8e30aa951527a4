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
import java.util.Set;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.Similarity;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.nn.EncoderLayer;
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
    ObjectNode image = root.putObject("image_encoder");
    write(image, architecture.image());
    writeEnd(image, architecture.image());
    ObjectNode text = root.putObject("text_encoder");
    write(text, architecture.text());
    writeEnd(text, architecture.text());
    root.put("embedding_size", architecture.embeddingSize());
    root.put("num_categories", architecture.categories());
    root.put("num_attributes", architecture.attributes());
    root.put("temperature", architecture.similarity().temperature());
    root.put("max_scale", architecture.similarity().maxScale());
    if (architecture.similarity().bias()) {
      root.put("logit_bias", true);
    }
    root.put("max_tokens", model.maxTokens());
    if (model.cleaning() != TextCleaning.NONE) {
      root.put("text_cleaning", lower(model.cleaning()));
    }
    ObjectNode preprocessing = root.putObject("preprocessing");
    preprocessing.set("image_mean", JSON.valueToTree(model.mean()));
    preprocessing.set("image_std", JSON.valueToTree(model.std()));
    preprocessing.put("resampling", lower(model.resampling()));
    preprocessing.put("resize_mode", lower(model.resizeMode()));
    model.labels().ifPresent(labels -> writeLabels(root.putObject("labels"), labels));
    ObjectNode provenance = root.putObject("provenance");
    model.provenance().forEach(provenance::put);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What follows the layers. */
  private static void writeEnd(ObjectNode node, Architecture.Tower tower) {
    node.put("pooling", lower(tower.pooling()));
    if (tower.projection() != Projection.LINEAR) {
      node.put("projection", lower(tower.projection()));
    }
  }

  /** The image tower under the keys of Hugging Face's ViTConfig. */
  public static void write(ObjectNode node, Architecture.ImageTower image) {
    if (image.height() == image.width()) {
      node.put("image_size", image.height());
    } else {
      node.putArray("image_size").add(image.height()).add(image.width());
    }
    node.put("patch_size", image.patch());
    node.put("num_channels", Architecture.CHANNELS);
    node.put("qkv_bias", true);
    if (!image.stem().classToken()) {
      node.put("class_token", false);
    }
    if (!image.stem().patchBias()) {
      node.put("patch_bias", false);
    }
    if (image.stem().norm()) {
      node.put("pre_layernorm", true);
    }
    writeLayers(node, image);
  }

  /** The text tower under the keys of Hugging Face's BertConfig. */
  public static void write(ObjectNode node, Architecture.TextTower text) {
    node.put("vocab_size", text.vocabulary().tokens());
    node.put("max_position_embeddings", text.vocabulary().positions());
    node.put("type_vocab_size", text.vocabulary().tokenTypes());
    node.put("pad_token_id", 0);
    if (text.style() != TextLayers.POST_NORM) {
      node.put("layers", lower(text.style()));
    }
    if (text.vocabulary().endOfText() != Architecture.Vocabulary.NO_END) {
      node.put("end_of_text_id", text.vocabulary().endOfText());
    }
    writeLayers(node, text);
  }

  private static void writeLayers(ObjectNode node, Architecture.Tower tower) {
    EncoderLayer.Sizes layer = tower.layer();
    node.put("hidden_size", layer.width());
    node.put("num_hidden_layers", tower.layers());
    node.put("num_attention_heads", layer.heads());
    node.put("intermediate_size", layer.intermediate());
    node.put("hidden_act", lower(layer.activation()));
    node.put("layer_norm_eps", layer.epsilon());
    node.put("hidden_dropout_prob", layer.dropout());
    node.put("attention_probs_dropout_prob", layer.dropout());
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
  public static Architecture.ImageTower image(Path file, JsonNode node) {
    return new Reader(file).image(node);
  }

  /** The text tower that a node of a file describes. */
  public static Architecture.TextTower text(Path file, JsonNode node) {
    return new Reader(file).text(node);
  }

  /** Reads one file; names it in every complaint. */
  private record Reader(Path file) {

    private static final Set<Pooling> IMAGE_POOLINGS = Set.of(Pooling.ATTENTION);
    private static final Set<Pooling> TEXT_POOLINGS = Set.of(Pooling.END_OF_TEXT, Pooling.LAST);
    private static final int LEAST_TOKENS = 3;
    private static final int MOST_LAYERS = 1000;
    private static final int MOST_PIXELS = 4096;

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
          choice(preprocessing, "resize_mode", ResizeMode.SHORTEST),
          choice(root, "text_cleaning", TextCleaning.NONE),
          maxTokens(root, architecture.text().vocabulary().positions()),
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
          new Similarity(
              number(root, "temperature", Similarity.USUAL.temperature(), Double.MIN_VALUE),
              number(root, "max_scale", Similarity.USUAL.maxScale(), 1),
              root.path("logit_bias").asBoolean(false)));
    }

    private Architecture.ImageTower image(JsonNode node) {
      JsonNode size = node.path("image_size");
      int height = size.isArray() ? size.path(0).asInt() : size.asInt();
      int width = size.isArray() ? size.path(1).asInt() : size.asInt();
      int patch = size(node, "patch_size");
      if (height <= 0 || width <= 0 || height % patch != 0 || width % patch != 0) {
        throw bad("image_size " + size + " is not a multiple of patch_size " + patch);
      }
      if (Math.max(height, width) > MOST_PIXELS) {
        throw bad("image_size must be at most " + MOST_PIXELS + ", is " + size);
      }
      int channels = node.path("num_channels").asInt(Architecture.CHANNELS);
      if (channels != Architecture.CHANNELS) {
        throw bad("num_channels must be " + Architecture.CHANNELS + ", is " + channels);
      }
      return new Architecture.ImageTower(
          new Architecture.PatchGrid(height, width, patch),
          layers(node),
          layer(node, Architecture.ImageTower.EPSILON),
          new Architecture.Stem(
              node.path("class_token").asBoolean(true),
              node.path("patch_bias").asBoolean(true),
              node.path("pre_layernorm").asBoolean(false)),
          pooling(node, TEXT_POOLINGS),
          choice(node, "projection", Projection.LINEAR));
    }

    private Architecture.TextTower text(JsonNode node) {
      int words = size(node, "vocab_size");
      EncoderLayer.Sizes layer = layer(node, Architecture.TextTower.EPSILON);
      TextLayers style = choice(node, "layers", TextLayers.POST_NORM);
      boolean bert = style == TextLayers.POST_NORM;
      if (bert && layer.activation() != Activation.GELU) { // BERT knows no other here
        throw bad("hidden_act must be gelu, is " + lower(layer.activation()));
      }
      Pooling pooling = pooling(node, IMAGE_POOLINGS);
      return new Architecture.TextTower(
          new Architecture.Vocabulary(
              words,
              size(node, "max_position_embeddings"),
              whole(node, "type_vocab_size", bert ? 1 : 0, Integer.MAX_VALUE),
              pooling == Pooling.END_OF_TEXT
                  ? whole(node, "end_of_text_id", 0, words - 1)
                  : Architecture.Vocabulary.NO_END),
          layers(node),
          layer,
          style,
          pooling,
          choice(node, "projection", Projection.LINEAR));
    }

    /** One that the other kind of tower does not have alone. */
    private Pooling pooling(JsonNode node, Set<Pooling> others) {
      Pooling pooling = choice(node, "pooling", Pooling.CLS);
      if (others.contains(pooling)) {
        throw bad("pooling " + lower(pooling) + " is not for this kind of tower");
      }
      return pooling;
    }

    private int layers(JsonNode node) {
      return whole(node, "num_hidden_layers", 1, MOST_LAYERS);
    }

    private EncoderLayer.Sizes layer(JsonNode node, double usualEpsilon) {
      int width = size(node, "hidden_size");
      int heads = size(node, "num_attention_heads");
      if (width % heads != 0) {
        throw bad("hidden_size " + width + " is not a multiple of num_attention_heads " + heads);
      }
      return new EncoderLayer.Sizes(
          width,
          heads,
          size(node, "intermediate_size"),
          choice(node, "hidden_act", Activation.GELU),
          number(node, "layer_norm_eps", usualEpsilon, 0),
          node.path("hidden_dropout_prob").asDouble(0));
    }

    private double number(JsonNode node, String key, double usual, double least) {
      double number = node.path(key).asDouble(usual);
      if (!(number >= least) || Double.isInfinite(number)) {
        throw bad(key + " must be at least " + least + ", is " + node.path(key));
      }
      return number;
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
      if (numbers.size() != Architecture.CHANNELS
          || (divisor && numbers.stream().anyMatch(x -> x <= 0))) {
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
