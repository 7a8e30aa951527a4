package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Golden;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.weights.checkpoint.ModelDescription;

/** What lies beside a CLIP says what its tensors do not, and is not contradicted in silence. */
class SourceConfigTest {

  /** As CLIPConfig writes it: what is transformers' default is left out. */
  private static final String DIFF =
      """
      {"model_type": "clip", "projection_dim": 32,
       "text_config": {"hidden_size": 40, "num_attention_heads": 5, "vocab_size": 99},
       "vision_config": {"hidden_size": 48, "image_size": 32, "intermediate_size": 192,
                         "num_attention_heads": 4, "num_hidden_layers": 3, "patch_size": 8}}\
      """;

  private static final String OPEN_CLIP =
      """
      {"model_cfg": {"embed_dim": 32, "quick_gelu": true,
         "vision_cfg": {"image_size": 32, "layers": 3, "width": 48, "head_width": 12,
                        "patch_size": 8},
         "text_cfg": {"context_length": 20, "vocab_size": 814, "width": 32}},
       "preprocess_cfg": {"mean": [0.481, 0.458, 0.408], "std": [0.269, 0.261, 0.276]}}\
      """;

  private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);

  @TempDir private Path folder;

  @BeforeEach
  void weights() throws IOException {
    Files.copy(
        Golden.path("clip_visual.safetensors"), folder.resolve("open_clip_model.safetensors"));
  }

  private static ModelDescription clip(int heads, Activation activation, List<Double> mean) {
    Architecture golden = Golden.architecture();
    return new ModelDescription(
        new Architecture(
            new Architecture.ImageTower(
                new PatchGrid(32, 32, 8),
                3,
                new Sizes(48, heads, 192, activation, 1e-5, 0),
                new Architecture.Stem(true, true, true),
                Pooling.CLS,
                Architecture.Projection.LINEAR),
            golden.text(),
            32,
            0,
            0,
            golden.similarity()),
        mean,
        STD,
        Resampling.BICUBIC,
        10,
        Optional.empty(),
        Map.of());
  }

  private void begin(ModelDescription model, String... ignored) throws IOException {
    InitConfig init =
        new InitConfig(InitConfig.RANDOM, folder.toString(), InitConfig.RANDOM, List.of(ignored));
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      start.requireAgreement(model);
    }
  }

  private void refused(ModelDescription model, String... says) {
    assertThatThrownBy(() -> begin(model))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(says)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private void beside(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json);
  }

  /** transformers leaves quick_gelu out of a CLIP's configuration, since that is its default. */
  @Test
  void huggingFacesClipWithoutAnActivationMeansQuickGelu() throws IOException {
    beside("config.json", DIFF);
    begin(clip(4, Activation.QUICK_GELU, MEAN));
    refused(
        clip(4, Activation.GELU, MEAN),
        folder.resolve("config.json").toString(),
        "activation quick_gelu, model.image.activation is gelu");
    beside(
        "config.json", DIFF.replace("\"patch_size\"", "\"hidden_act\": \"gelu\", \"patch_size\""));
    begin(clip(4, Activation.GELU, MEAN));
    refused(clip(4, Activation.QUICK_GELU, MEAN), "activation gelu");
  }

  /** Files before 2023 repeat the sections; what is in the older place was read. */
  @Test
  void huggingFacesOldConfigurations() throws IOException {
    String section = DIFF.substring(DIFF.indexOf("\"vision_config\""), DIFF.length() - 1);
    String old = section.replace("vision_config", "vision_config_dict");
    beside(
        "config.json",
        "{\"vision_config\": {\"num_attention_heads\": 12}, \"model_type\": \"clip\", "
            + old
            + "}");
    begin(clip(4, Activation.QUICK_GELU, MEAN));
    beside("config.json", "{\"vision_config_dict\": null, " + section + "}");
    begin(clip(4, Activation.QUICK_GELU, MEAN));
  }

  @Test
  void openClipWithoutQuickGeluMeansGelu() throws IOException {
    beside("open_clip_config.json", OPEN_CLIP);
    begin(clip(4, Activation.QUICK_GELU, MEAN));
    refused(
        clip(4, Activation.GELU, MEAN),
        "open_clip_config.json",
        "activation quick_gelu, model.image.activation is gelu");
    beside("open_clip_config.json", OPEN_CLIP.replace("\"quick_gelu\": true,", ""));
    begin(clip(4, Activation.GELU, MEAN));
    refused(clip(4, Activation.QUICK_GELU, MEAN), "activation gelu");
  }

  /** A file under open_clip's names follows open_clip's configuration. */
  @Test
  void whereBothLieOpenClipsGoesWithItsNames() throws IOException {
    beside("open_clip_config.json", OPEN_CLIP);
    beside("config.json", DIFF.replace("\"num_attention_heads\": 4", "\"num_attention_heads\": 6"));
    begin(clip(4, Activation.QUICK_GELU, MEAN));
    beside("open_clip_config.json", "{}");
    refused(clip(4, Activation.QUICK_GELU, MEAN), "heads 6, model.image.heads is 4");
  }

  @ParameterizedTest
  @CsvSource({
    "\"patch_size\": 8,\"patch_size\": 16,patch_size 16",
    "\"width\": 48,\"width\": 96,hidden_size 96",
    "\"layers\": 3,\"layers\": 2,layers 2",
    "\"head_width\": 12,\"head_width\": 16,heads 3",
    "\"width\": 48,\"mlp_ratio\": 3.99; \"width\": 48,intermediate_size 191",
    "\"image_size\": 32,\"image_size\": 64,visual.positional_embedding",
    "\"width\": 48,\"no_ln_pre\": true; \"width\": 48,pre_layernorm false",
  })
  void everySizeThatIsStated(String key, String value, String says) throws IOException {
    beside("open_clip_config.json", OPEN_CLIP.replace(key, value.replace(";", ",")));
    refused(clip(4, Activation.QUICK_GELU, MEAN), "open_clip_config.json", says);
    begin(clip(4, Activation.QUICK_GELU, MEAN), "open_clip_config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open_clip_config.json", "preprocessor_config.json"})
  void meanAndDeviation(String name) throws IOException {
    beside(
        name,
        name.startsWith("open")
            ? OPEN_CLIP
            : "{\"image_mean\": [0.48145466, 0.4578275, 0.40821073], \"size\": 224}");
    begin(clip(4, Activation.QUICK_GELU, MEAN));
    ModelDescription halves = clip(4, Activation.QUICK_GELU, List.of(0.5, 0.5, 0.5));
    refused(halves, folder.resolve(name).toString(), "model.mean is [0.5, 0.5, 0.5]");
    begin(halves, name);
  }

  @Test
  void nothingIsComparedWhereNothingIsSaid() throws IOException {
    begin(clip(4, Activation.GELU, MEAN));
    beside("config.json", "{\"model_type\": \"other\", \"auto_map\": {}}");
    begin(clip(4, Activation.GELU, MEAN));
    beside("open_clip_config.json", "no JSON");
    refused(clip(4, Activation.GELU, MEAN), "open_clip_config.json", "is not JSON");
  }
}
