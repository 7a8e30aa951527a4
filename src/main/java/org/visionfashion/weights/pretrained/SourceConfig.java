package org.visionfashion.weights.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.model.Architecture;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.checkpoint.ModelJson;
import org.visionfashion.weights.file.JsonFile;
import org.visionfashion.weights.file.WeightsFiles;

/**
 * The configuration beside weights, which says what no shape tells: the number of heads, the
 * activation, how pixels are normalised. It may be this project's of a whole model, Hugging Face's
 * of a ViT, a BERT or a CLIP, or open_clip's. A key that CLIP's configurations leave out means the
 * default of the library that wrote them: {@code quick_gelu} for Hugging Face's, {@code gelu} for
 * open_clip's. Where there is no file, or none of a known kind, nothing is said.
 */
public final class SourceConfig {

  /** The configuration of open_clip's models. */
  public static final String OPEN_CLIP = "open_clip_config.json";

  /** How Hugging Face's pictures are prepared. */
  public static final String PREPROCESSOR = "preprocessor_config.json";

  private static final Logger LOG = LoggerFactory.getLogger(SourceConfig.class);

  private static final String IMAGE = "image_encoder";
  private static final String TEXT = "text_encoder";

  /** Writings of one number in decimals differ by less. */
  private static final double SAME = 5e-4;

  private static final double HEAD_WIDTH = 64;
  private static final double MLP_RATIO = 4;

  /** What transformers' CLIPVisionConfig says where a file does not, with this project's keys. */
  private static final String CLIP_DEFAULTS =
      """
      {"image_size": 224, "patch_size": 32, "hidden_size": 768, "num_hidden_layers": 12,
       "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "quick_gelu",
       "layer_norm_eps": 1e-5, "pre_layernorm": true}\
      """;

  private final Path file;
  private final JsonNode root;
  private final Pixels pixels;

  /**
   * Mean and standard deviation of the channels, as a file states them; empty where it does not.
   */
  private record Pixels(Path file, List<Double> mean, List<Double> std) {}

  private SourceConfig(Path file, JsonNode root, Pixels pixels) {
    this.file = file;
    this.root = root;
    this.pixels = pixels;
  }

  /**
   * Reads it.
   *
   * @param weights a file, or the folder of one
   * @param names the naming of the tensors: open_clip's has its configuration in a file of its own
   * @throws org.visionfashion.base.UserError where it is not JSON
   */
  public static SourceConfig of(Path weights, NameMap names) throws IOException {
    Path folder = WeightsFiles.folder(weights);
    Path usual = folder.resolve(ModelFolder.CONFIG);
    Path openClip = folder.resolve(OPEN_CLIP);
    List<Path> places =
        switch (names) {
          case CLIP, SIGLIP -> List.of(openClip, usual);
          case HF_CLIP, HF_SIGLIP -> List.of(usual, openClip);
          default -> List.of(usual);
        };
    for (Path place : places) {
      SourceConfig config = read(place);
      if (config.imageNode().isPresent()) {
        return config;
      }
    }
    return read(places.get(0));
  }

  private static SourceConfig read(Path file) throws IOException {
    JsonNode root = Files.isRegularFile(file) ? JsonFile.read(file) : MissingNode.getInstance();
    Path beside = file.resolveSibling(PREPROCESSOR);
    List<Pixels> stated =
        List.of(
            pixels(file, root.path("preprocessing"), "image_mean", "image_std"),
            pixels(file, root.path("preprocess_cfg"), "mean", "std"),
            pixels(file, root.path("pretrained_cfg"), "mean", "std"));
    for (Pixels each : stated) {
      if (!each.mean().isEmpty() || !each.std().isEmpty()) {
        return new SourceConfig(file, root, each);
      }
    }
    JsonNode processor =
        Files.isRegularFile(beside) ? JsonFile.read(beside) : MissingNode.getInstance();
    return new SourceConfig(file, root, pixels(beside, processor, "image_mean", "image_std"));
  }

  private static Pixels pixels(Path file, JsonNode node, String mean, String std) {
    return new Pixels(file, numbers(node.path(mean)), numbers(node.path(std)));
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(each -> numbers.add(each.asDouble()));
    return numbers;
  }

  /** For messages. */
  public Path file() {
    return file;
  }

  /** The file's name without its folder. */
  String name() {
    return file.getFileName().toString();
  }

  /** Whether it describes a whole model of this project. */
  public boolean isWhole() {
    return root.has(IMAGE);
  }

  /**
   * The image tower; nothing where the file is of something else.
   *
   * @throws org.visionfashion.base.UserError where a value is missing or cannot be
   */
  public Optional<Architecture.ImageTower> image() {
    return imageNode().map(node -> ModelJson.image(file, node));
  }

  /** The image tower under this project's keys, as far as they are not the file's own. */
  private Optional<JsonNode> imageNode() {
    JsonNode openClip = root.path("model_cfg").path("vision_cfg");
    if (root.has("vision_config") || root.path("model_type").asText().equals("clip_vision_model")) {
      return Optional.of(huggingFaceClip());
    }
    if (openClip.isObject()) { // a trunk of timm's has its sizes elsewhere
      return Optional.of(openClip).filter(node -> !node.has("timm_model_name")).map(this::openClip);
    }
    return tower(IMAGE, "patch_size");
  }

  private ObjectNode huggingFaceClip() {
    // Files before 2023 may have all of it twice; then this is what was read.
    JsonNode old = root.path("vision_config_dict");
    JsonNode stated = old.isObject() ? old : root.path("vision_config");
    ObjectNode node = clipDefaults();
    (stated.isObject() ? stated : root)
        .properties()
        .forEach(entry -> node.set(entry.getKey(), entry.getValue()));
    return node;
  }

  private ObjectNode openClip(JsonNode stated) {
    ObjectNode node = clipDefaults();
    int width = stated.path("width").asInt(768);
    node.put("hidden_size", width);
    node.put("num_hidden_layers", stated.path("layers").asInt(12));
    node.put("num_attention_heads", (int) (width / stated.path("head_width").asDouble(HEAD_WIDTH)));
    node.put("intermediate_size", (int) (width * stated.path("mlp_ratio").asDouble(MLP_RATIO)));
    node.put("patch_size", stated.path("patch_size").asInt(16));
    if (stated.has("image_size")) {
      node.set("image_size", stated.get("image_size"));
    }
    boolean quick = root.path("model_cfg").path("quick_gelu").asBoolean(false);
    node.put("hidden_act", quick ? "quick_gelu" : "gelu");
    node.put("pre_layernorm", !stated.path("no_ln_pre").asBoolean(false));
    return node;
  }

  private static ObjectNode clipDefaults() {
    try {
      return (ObjectNode) new JsonMapper().readTree(CLIP_DEFAULTS);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The text tower, a BERT; nothing where the file is of something else.
   *
   * @throws org.visionfashion.base.UserError where a value is missing or cannot be
   */
  public Optional<Architecture.TextTower> text() {
    return tower(TEXT, "vocab_size").map(node -> ModelJson.text(file, node));
  }

  /** What the file says of an image tower and the model has otherwise. */
  List<String> contradictions(Architecture.ImageTower model) {
    Differences all = new Differences("model.image.");
    if (image().isEmpty()) {
      LOG.warn(
          "No configuration beside the weights in {} states heads and activation:"
              + " using model.image.heads = {} and model.image.activation = {}",
          file.getParent(),
          model.heads(),
          lower(model.layer().activation()));
      return List.of();
    }
    Architecture.ImageTower said = image().get();
    all.compare("patch_size", said.patch(), model.patch());
    all.compare("pre_layernorm", said.stem().norm(), model.stem().norm());
    all.compareLayers(said, model);
    return all.problems;
  }

  /** The same for a text tower. */
  List<String> contradictions(Architecture.TextTower model) {
    Differences all = new Differences("model.text.");
    text().ifPresent(said -> all.compareLayers(said, model));
    return all.problems;
  }

  /** What is said of the pixels and the model has otherwise. */
  List<String> contradictions(List<Double> mean, List<Double> std, List<String> ignored) {
    if (ignored.contains(pixels.file().getFileName().toString())) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    differ("mean", pixels.mean(), mean, all);
    differ("std", pixels.std(), std, all);
    return all;
  }

  private void differ(String key, List<Double> said, List<Double> model, List<String> all) {
    boolean same = said.isEmpty() || said.size() == model.size();
    for (int i = 0; i < said.size() && same; i++) {
      same = Math.abs(said.get(i) - model.get(i)) < SAME;
    }
    if (!same) {
      all.add("%s has %s %s, model.%s is %s".formatted(pixels.file(), key, said, key, model));
    }
  }

  /** Collects what differs, under this project's keys. */
  private final class Differences {

    private final String section;
    private final List<String> problems = new ArrayList<>();

    Differences(String section) {
      this.section = section;
    }

    void compareLayers(Architecture.Tower said, Architecture.Tower model) {
      EncoderLayer.Sizes theirs = said.layer();
      EncoderLayer.Sizes ours = model.layer();
      compare("hidden_size", theirs.width(), ours.width());
      compare("layers", said.layers(), model.layers());
      compare("heads", theirs.heads(), ours.heads());
      compare("intermediate_size", theirs.intermediate(), ours.intermediate());
      compare("activation", lower(theirs.activation()), lower(ours.activation()));
      if (theirs.epsilon() != ours.epsilon()) {
        LOG.warn(
            "{} has a norm epsilon of {}, {} uses {}: outputs will differ slightly",
            file,
            theirs.epsilon(),
            section.substring(0, section.length() - 1),
            ours.epsilon());
      }
    }

    void compare(String key, Object said, Object model) {
      if (!said.equals(model)) {
        problems.add("%s has %s %s, %s%s is %s".formatted(file, key, said, section, key, model));
      }
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param mark a key that only this kind of tower has
   */
  private Optional<JsonNode> tower(String section, String mark) {
    return Optional.of(isWhole() ? root.path(section) : root).filter(node -> node.has(mark));
  }
}
