package org.visionfashion.weights.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig.InitActivation;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.ImageTower;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.Similarity;
import org.visionfashion.model.Architecture.Stem;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.model.Architecture.TextTower;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.JsonFile;
import org.visionfashion.weights.file.WeightsFiles;

/**
 * A whole CLIP or SigLIP, as the configuration beside its weights states it: Hugging Face's {@code
 * config.json} and {@code preprocessor_config.json}, or open_clip's {@code open_clip_config.json}.
 * A key that is left out means the default of the library that wrote the file, so the same file
 * without an activation means {@code quick_gelu} to Hugging Face's CLIP and {@code gelu} to
 * open_clip.
 *
 * @param file where the architecture was read
 * @param architecture without heads
 * @param pictures how they are prepared
 * @param canonical whether texts are cleaned as SigLIP's
 */
public record PublishedConfig(
    Path file, Architecture architecture, Pictures pictures, boolean canonical) {

  /**
   * How pictures are prepared.
   *
   * @param from the file that says it, or whose default it is
   * @param mean of red, green and blue
   * @param std standard deviation of red, green and blue
   */
  public record Pictures(
      String from,
      List<Double> mean,
      List<Double> std,
      Resampling resampling,
      ResizeMode resizeMode) {

    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    /** OpenAI's, which both libraries take for a CLIP that does not say. */
    static Pictures clip(String from) {
      return new Pictures(
          from,
          List.of(0.48145466, 0.4578275, 0.40821073),
          List.of(0.26862954, 0.26130258, 0.27577711),
          Resampling.BICUBIC,
          ResizeMode.SHORTEST);
    }

    static Pictures siglip(String from) {
      return new Pictures(from, HALF, HALF, Resampling.BICUBIC, ResizeMode.SQUASH);
    }

    private Pictures from(String other) {
      return new Pictures(other, mean, std, resampling, resizeMode);
    }

    private Pictures withMode(ResizeMode mode) {
      return new Pictures(from, mean, std, resampling, mode);
    }
  }

  /** transformers' CLIPTextConfig and CLIPVisionConfig. */
  private static final String CLIP_TEXT =
      """
      {"vocab_size": 49408, "hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 12,
       "num_attention_heads": 8, "max_position_embeddings": 77, "hidden_act": "quick_gelu",
       "layer_norm_eps": 1e-5}\
      """;

  private static final String CLIP_VISION =
      """
      {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
       "num_attention_heads": 12, "image_size": 224, "patch_size": 32, "hidden_act": "quick_gelu",
       "layer_norm_eps": 1e-5}\
      """;

  private static final int CLIP_PROJECTION = 512;

  /** transformers' SiglipTextConfig and SiglipVisionConfig. */
  private static final String SIGLIP_TEXT =
      """
      {"vocab_size": 32000, "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
       "num_attention_heads": 12, "max_position_embeddings": 64, "hidden_act": "gelu_pytorch_tanh",
       "layer_norm_eps": 1e-6}\
      """;

  private static final String SIGLIP_VISION =
      """
      {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
       "num_attention_heads": 12, "image_size": 224, "patch_size": 16,
       "hidden_act": "gelu_pytorch_tanh", "layer_norm_eps": 1e-6}\
      """;

  private static final double CLIP_EPSILON = 1e-5;
  private static final double SIGLIP_EPSILON = 1e-6;

  /**
   * What the files beside weights say; where none does, the shapes and the user.
   *
   * @throws UserError where nothing states the activation, or file and user say different ones
   */
  static PublishedConfig of(Path place, Pretrained weights, InitActivation stated)
      throws IOException {
    Optional<PublishedConfig> beside = beside(place, weights.map());
    if (beside.isPresent()) {
      Activation said = beside.get().architecture().image().layer().activation();
      if (stated != InitActivation.STATED && !stated.name().equals(said.name())) {
        throw new UserError(
            "model.init_activation = %s, but %s means %s: leave the key out"
                .formatted(lower(stated), beside.get().file(), lower(said)));
      }
      return beside.get();
    }
    if (weights.map() == NameMap.CLIP && stated != InitActivation.STATED) {
      Activation activation = Activation.valueOf(stated.name());
      Path file = WeightsFiles.file(place);
      return new PublishedConfig(
          file,
          new ImpliedClip(weights.tensors(), activation).architecture(),
          Pictures.clip("OpenAI's, by default"),
          false);
    }
    String remedy =
        weights.map() == NameMap.CLIP
            ? ", or say model.init_activation = quick_gelu (OpenAI's) or gelu (most of LAION's)"
            : "";
    throw new UserError(
        "%s: nothing beside the weights of %s states heads and activation; put its %s or %s there%s"
            .formatted(
                place, weights.map().label(), ModelFolder.CONFIG, SourceConfig.OPEN_CLIP, remedy));
  }

  /** Whether the shapes of the weights are all that says it. */
  public boolean isImplied() {
    return !file.endsWith(ModelFolder.CONFIG) && !file.endsWith(SourceConfig.OPEN_CLIP);
  }

  /** What such a file says. */
  public static Optional<PublishedConfig> beside(Path weights, NameMap names) throws IOException {
    Path folder = WeightsFiles.folder(weights);
    List<String> order =
        switch (names) {
          case CLIP, SIGLIP -> List.of(SourceConfig.OPEN_CLIP, ModelFolder.CONFIG);
          case HF_CLIP, HF_SIGLIP -> List.of(ModelFolder.CONFIG, SourceConfig.OPEN_CLIP);
          default -> List.of();
        };
    for (String name : order) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        Reader reader = new Reader(file, JsonFile.read(file));
        Optional<Architecture> found = reader.architecture();
        if (found.isPresent()) {
          requireOneActivation(file, found.get());
          return Optional.of(
              new PublishedConfig(
                  file, found.get(), reader.pictures(found.get()), reader.isCanonical()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Nothing in the weights tells quick GELU from GELU. The two forms of GELU differ too little to
   * matter, and each library has another for SigLIP.
   */
  private static void requireOneActivation(Path file, Architecture read) throws IOException {
    Path other =
        file.resolveSibling(
            file.endsWith(ModelFolder.CONFIG) ? SourceConfig.OPEN_CLIP : ModelFolder.CONFIG);
    if (!Files.isRegularFile(other)) {
      return;
    }
    JsonNode root = JsonFile.read(other);
    // Without sections it only names a program that reads the other file.
    if (!root.has("model_cfg") && !root.has("vision_config") && !root.has("text_config")) {
      return;
    }
    Activation ours = read.image().layer().activation();
    Optional<Activation> theirs =
        new Reader(other, root).architecture().map(each -> each.image().layer().activation());
    if (theirs.isPresent()
        && (theirs.get() == Activation.QUICK_GELU) != (ours == Activation.QUICK_GELU)) {
      throw new UserError(
          "%s means %s, %s beside it %s: remove the one that the model was not trained with"
              .formatted(file, lower(ours), other.getFileName(), lower(theirs.get())));
    }
  }

  private static String lower(Enum<?> activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /** Whether pictures are prepared for OpenAI's CLIP, as SigLIPs were published by mistake. */
  public boolean isPreparedAsAnotherFamily() {
    Pictures clip = Pictures.clip(pictures.from());
    return architecture.image().stem().equals(Stem.SIGLIP)
        && (pictures.mean().equals(clip.mean()) || pictures.std().equals(clip.std()));
  }

  /** What is done to texts before a tokenizer of this model reads them. */
  public TextCleaning cleaning(Path tokenizer) {
    return canonical
        ? TextCleaning.CANONICALIZE
        : TokenizerFiles.clipCleaning(tokenizer, !file.endsWith(ModelFolder.CONFIG));
  }

  /** Reads one file. */
  private record Reader(Path file, JsonNode root) {

    Optional<Architecture> architecture() {
      if (root.path("model_cfg").isObject()) {
        JsonNode model = root.path("model_cfg");
        boolean siglip = model.path("vision_cfg").has("timm_model_name");
        return Optional.of(siglip ? openClipSiglip(model) : openClip(model));
      }
      return switch (root.path("model_type").asText()) {
        case "clip" -> Optional.of(huggingFaceClip());
        case "siglip" -> Optional.of(huggingFaceSiglip());
        default -> Optional.empty();
      };
    }

    /**
     * SigLIP's texts are, by open_clip where its configuration says so, and by the slow tokenizer
     * of Hugging Face's, whose fast one leaves it out. SigLIP 2 has another class of tokenizer.
     */
    boolean isCanonical() throws IOException {
      JsonNode openClip = root.at("/model_cfg/text_cfg/tokenizer_kwargs/clean");
      if (root.has("model_cfg")) {
        return openClip.asText().equals("canonicalize");
      }
      Path settings = file.resolveSibling(TokenizerFiles.SETTINGS);
      String usual = "SiglipTokenizer";
      String tokenizer =
          Files.isRegularFile(settings)
              ? JsonFile.read(settings).path("tokenizer_class").asText(usual)
              : usual;
      return root.path("model_type").asText().equals("siglip") && tokenizer.startsWith(usual);
    }

    Pictures pictures(Architecture architecture) throws IOException {
      boolean siglip = architecture.image().stem().equals(Stem.SIGLIP);
      String name = file.getFileName().toString();
      JsonNode openClip = root.path("preprocess_cfg");
      Path processor = file.resolveSibling(SourceConfig.PREPROCESSOR);
      if (openClip.isObject()) { // without these keys open_clip takes CLIP's, of a SigLIP too
        return stated(openClip, Pictures.clip(name), "mean", "std", "interpolation")
            .withMode(mode(openClip.path("resize_mode").asText("shortest")));
      }
      Pictures usual =
          siglip ? Pictures.siglip(name + ", by default") : Pictures.clip(name + ", by default");
      if (!Files.isRegularFile(processor)) {
        return usual;
      }
      JsonNode stated = JsonFile.read(processor);
      boolean crops = stated.path("do_center_crop").asBoolean(!siglip);
      return stated(
              stated, usual.from(SourceConfig.PREPROCESSOR), "image_mean", "image_std", "resample")
          .withMode(crops ? ResizeMode.SHORTEST : ResizeMode.SQUASH);
    }

    private Pictures stated(
        JsonNode node, Pictures usual, String mean, String std, String resampling) {
      return new Pictures(
          usual.from(),
          channels(node.path(mean), usual.mean()),
          channels(node.path(std), usual.std()),
          switch (node.path(resampling).asText("bicubic")) {
            case "3", "bicubic" -> Resampling.BICUBIC;
            case "2", "bilinear" -> Resampling.BILINEAR;
            default ->
                throw bad(
                    resampling + " " + node.path(resampling) + " is neither bicubic nor bilinear");
          },
          usual.resizeMode());
    }

    private List<Double> channels(JsonNode node, List<Double> usual) {
      if (!node.isArray()) {
        return usual;
      }
      List<Double> numbers = new ArrayList<>();
      node.forEach(number -> numbers.add(number.asDouble()));
      if (numbers.size() != Architecture.CHANNELS) {
        throw bad("mean and deviation must be three numbers, not " + node);
      }
      return List.copyOf(numbers);
    }

    private ResizeMode mode(String name) {
      return switch (name) {
        case "shortest" -> ResizeMode.SHORTEST;
        case "longest" -> ResizeMode.LONGEST;
        case "squash" -> ResizeMode.SQUASH;
        default ->
            throw bad("resize_mode " + name + " is unknown; known are shortest, longest, squash");
      };
    }

    private Architecture huggingFaceClip() {
      JsonNode vision = stated("vision_config", CLIP_VISION);
      JsonNode text = stated("text_config", CLIP_TEXT);
      int words = whole(text, "vocab_size");
      return architecture(
          new ImageTower(
              grid(vision.path("image_size"), whole(vision, "patch_size")),
              whole(vision, "num_hidden_layers"),
              sizes(vision),
              Stem.CLIP,
              Pooling.CLS,
              Projection.WITHOUT_BIAS),
          new TextTower(
              // The largest id ends a text, whatever eos_token_id says (2 in older files).
              new Vocabulary(words, whole(text, "max_position_embeddings"), 0, words - 1),
              whole(text, "num_hidden_layers"),
              sizes(text),
              TextLayers.CAUSAL,
              Pooling.END_OF_TEXT,
              Projection.WITHOUT_BIAS),
          root.path("projection_dim").asInt(CLIP_PROJECTION),
          false);
    }

    private Architecture huggingFaceSiglip() {
      JsonNode vision = stated("vision_config", SIGLIP_VISION);
      JsonNode text = stated("text_config", SIGLIP_TEXT);
      int width = whole(vision, "hidden_size");
      int space = text.path("projection_size").asInt(whole(text, "hidden_size"));
      if (space != width) {
        throw bad(
            "text_config.projection_size " + space + " is not vision_config.hidden_size " + width);
      }
      return architecture(
          siglipImage(
              grid(vision.path("image_size"), whole(vision, "patch_size")),
              whole(vision, "num_hidden_layers"),
              sizes(vision)),
          new TextTower(
              new Vocabulary(whole(text, "vocab_size"), whole(text, "max_position_embeddings"), 0),
              whole(text, "num_hidden_layers"),
              sizes(text),
              TextLayers.PRE_NORM,
              Pooling.LAST,
              Projection.LINEAR),
          width,
          true);
    }

    private static ImageTower siglipImage(PatchGrid grid, int layers, Sizes sizes) {
      return new ImageTower(grid, layers, sizes, Stem.SIGLIP, Pooling.ATTENTION, Projection.NONE);
    }

    private Architecture openClip(JsonNode model) {
      JsonNode vision = model.path("vision_cfg");
      Activation activation =
          model.path("quick_gelu").asBoolean(false) ? Activation.QUICK_GELU : Activation.GELU;
      int width = vision.path("width").asInt(768);
      int patch = vision.path("patch_size").asInt(16);
      if (vision.path("layers").isArray()) {
        throw bad("vision_cfg is of a ResNet; image towers are transformers here");
      }
      JsonNode text = model.path("text_cfg");
      return architecture(
          new ImageTower(
              grid(vision.has("image_size") ? vision.path("image_size") : number(224), patch),
              vision.path("layers").asInt(12),
              sizes(
                  width,
                  (int) (width / vision.path("head_width").asDouble(64)),
                  vision.path("mlp_ratio").asDouble(4),
                  activation,
                  CLIP_EPSILON),
              new Stem(true, false, !vision.path("no_ln_pre").asBoolean(false)),
              Pooling.CLS,
              Projection.WITHOUT_BIAS),
          openClipText(text, activation),
          model.path("embed_dim").asInt(CLIP_PROJECTION),
          model.has("init_logit_bias"));
    }

    private Architecture openClipSiglip(JsonNode model) {
      JsonNode vision = model.path("vision_cfg");
      String name = vision.path("timm_model_name").asText();
      ObjectNode trunk = timm(name);
      vision
          .path("timm_model_kwargs")
          .properties()
          .forEach(entry -> trunk.set(entry.getKey(), entry.getValue()));
      if (!vision.path("timm_proj").asText("none").equals("none")
          || !vision.path("timm_pool").asText("map").equals("map")) {
        throw bad("a timm tower is read with timm_pool map and timm_proj none alone");
      }
      boolean tanh = trunk.path("act_layer").asText().contains("tanh");
      int width = whole(trunk, "embed_dim");
      JsonNode size = vision.has("image_size") ? vision.path("image_size") : trunk.path("img_size");
      JsonNode text = model.path("text_cfg");
      boolean tanhText = text.path("act_kwargs").path("approximate").asText().equals("tanh");
      return architecture(
          siglipImage(
              grid(size, whole(trunk, "patch_size")),
              whole(trunk, "depth"),
              sizes(
                  width,
                  whole(trunk, "num_heads"),
                  trunk.path("mlp_ratio").asDouble(4),
                  tanh ? Activation.GELU_TANH : Activation.GELU,
                  SIGLIP_EPSILON)),
          openClipText(text, tanhText ? Activation.GELU_TANH : Activation.GELU),
          model.path("embed_dim").asInt(width),
          model.has("init_logit_bias"));
    }

    /** The text tower of open_clip, with its defaults. */
    private TextTower openClipText(JsonNode text, Activation activation) {
      if (text.has("hf_model_name")) {
        throw bad("its text tower is " + text.path("hf_model_name").asText() + " of Hugging Face");
      }
      int words = text.path("vocab_size").asInt(49408);
      Pooling pooling = pooling(text.path("pool_type").asText("argmax"));
      return new TextTower(
          new Vocabulary(
              words,
              text.path("context_length").asInt(77),
              0,
              pooling == Pooling.END_OF_TEXT ? words - 1 : Vocabulary.NO_END),
          text.path("layers").asInt(12),
          sizes(
              text.path("width").asInt(512),
              text.path("heads").asInt(8),
              text.path("mlp_ratio").asDouble(4),
              activation,
              text.path("norm_kwargs").path("eps").asDouble(CLIP_EPSILON)),
          text.path("no_causal_mask").asBoolean(false) ? TextLayers.PRE_NORM : TextLayers.CAUSAL,
          pooling,
          text.path("proj_bias").asBoolean(false) ? Projection.LINEAR : Projection.WITHOUT_BIAS);
    }

    private Pooling pooling(String type) {
      return switch (type) {
        case "argmax", "eos" -> Pooling.END_OF_TEXT;
        case "last" -> Pooling.LAST;
        case "first" -> Pooling.CLS;
        default ->
            throw bad(
                "text_cfg.pool_type " + type + " is unknown; known are argmax, eos, first, last");
      };
    }

    /** The sizes that a name of timm's stands for. */
    private ObjectNode timm(String name) {
      TimmSiglip sizes =
          TimmSiglip.of(name)
              .orElseThrow(
                  () ->
                      bad(
                          "vision_cfg.timm_model_name "
                              + name
                              + " is unknown; known are timm's SigLIP models"));
      ObjectNode node = new JsonMapper().createObjectNode();
      node.put("embed_dim", sizes.width());
      node.put("depth", sizes.layers());
      node.put("num_heads", sizes.heads());
      node.put("mlp_ratio", sizes.ratio());
      node.put("patch_size", sizes.patch());
      node.put("img_size", sizes.image());
      node.put("act_layer", sizes.activation() == Activation.GELU_TANH ? "gelu_tanh" : "gelu");
      return node;
    }

    private static JsonNode number(int value) {
      return new JsonMapper().createObjectNode().numberNode(value);
    }

    /** A section over its library's defaults. */
    private JsonNode stated(String section, String defaults) {
      ObjectNode node;
      try {
        node = (ObjectNode) new JsonMapper().readTree(defaults);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      // Files before 2023 may have all of it twice; then this is what was read.
      JsonNode old = root.path(section + "_dict");
      (old.isObject() ? old : root.path(section))
          .properties()
          .forEach(entry -> node.set(entry.getKey(), entry.getValue()));
      return node;
    }

    private PatchGrid grid(JsonNode size, int patch) {
      int height = size.isArray() ? size.path(0).asInt() : size.asInt();
      int width = size.isArray() ? size.path(1).asInt() : size.asInt();
      if (height < patch || width < patch || patch < 1) {
        throw bad("image size " + size + " holds no patch of " + patch);
      }
      // A convolution drops what is left over at the right and below.
      return new PatchGrid(height, width, patch);
    }

    private Sizes sizes(JsonNode node) {
      return new Sizes(
          whole(node, "hidden_size"),
          whole(node, "num_attention_heads"),
          whole(node, "intermediate_size"),
          activation(node.path("hidden_act").asText()),
          node.path("layer_norm_eps").asDouble(),
          0);
    }

    private static Sizes sizes(
        int width, int heads, double ratio, Activation activation, double epsilon) {
      return new Sizes(width, heads, (int) (width * ratio), activation, epsilon, 0);
    }

    private Activation activation(String name) {
      return switch (name) {
        case "quick_gelu" -> Activation.QUICK_GELU;
        case "gelu" -> Activation.GELU;
        case "gelu_pytorch_tanh", "gelu_new" -> Activation.GELU_TANH;
        default ->
            throw bad(
                "hidden_act "
                    + name
                    + " is unknown; known are quick_gelu, gelu, gelu_pytorch_tanh");
      };
    }

    private int whole(JsonNode node, String key) {
      JsonNode value = node.path(key);
      if (!value.isInt() || value.asInt() < 1) {
        throw bad(key + " must be a positive whole number, is " + value);
      }
      return value.asInt();
    }

    private static Architecture architecture(
        ImageTower image, TextTower text, int space, boolean bias) {
      return new Architecture(image, text, space, 0, 0, Similarity.USUAL.withBias(bias));
    }

    private UserError bad(String what) {
      return new UserError(file + ": " + what);
    }
  }
}
