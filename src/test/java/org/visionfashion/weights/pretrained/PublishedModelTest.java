package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.VisionFashion;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig.InitActivation;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.file.SafetensorsFile;

/** A published model, from the folder alone to embeddings of files and sentences. */
class PublishedModelTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private static List<String> texts(String key) throws IOException {
    JsonNode texts =
        new ObjectMapper().readTree(PublishedClip.golden("clip_full.texts.json").toFile());
    List<String> all = new ArrayList<>();
    texts.path(key).forEach(text -> all.add(text.asText()));
    return all;
  }

  private static void checkEmbeddings(Path model) throws IOException {
    try (VisionFashion opened = VisionFashion.open(model);
        SafetensorsFile expected =
            SafetensorsFile.open(PublishedClip.golden("clip_full.outputs.safetensors"))) {
      List<Path> pictures =
          texts("images").stream()
              .map(name -> PublishedClip.golden("preprocess/" + name + ".png"))
              .toList();
      assertThat(
              Golden.difference(
                  flat(opened.encodeImages(pictures)), Golden.floats(expected, "image_embeds")))
          .isLessThanOrEqualTo(TOLERANCE);
      assertThat(
              Golden.difference(
                  flat(opened.encodeTexts(texts("texts"))), Golden.floats(expected, "text_embeds")))
          .isLessThanOrEqualTo(TOLERANCE);
      // One that is too long keeps its end-of-text token in the last place.
      JsonNode root =
          new ObjectMapper().readTree(PublishedClip.golden("clip_full.texts.json").toFile());
      assertThat(
              Golden.difference(
                  flat(opened.encodeTexts(List.of(root.path("truncated").asText()))),
                  Golden.floats(expected, "truncated.text_embeds")))
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }

  @Test
  void huggingFacesFolderIsAllThatIsNeeded() throws IOException {
    checkEmbeddings(PublishedClip.huggingFace(folder));
  }

  @Test
  void openClipsFolderIsAllThatIsNeeded() throws IOException {
    checkEmbeddings(PublishedClip.openClip(folder));
  }

  /**
   * A training checkpoint of open_clip, and a state dict under a key as OpenFashionCLIP ships it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"clip_full.train_checkpoint.pt", "clip_full.key_CLIP.pt"})
  void pyTorchsFilesAreReadToo(String weights) throws IOException {
    PublishedClip.openClip(folder);
    Files.delete(folder.resolve("open_clip_model.safetensors"));
    Files.copy(PublishedClip.golden(weights), folder.resolve("open_clip_pytorch_model.bin"));
    checkEmbeddings(folder);
  }

  @Test
  void whatWasTakenFromWhereIsTold() throws IOException {
    try (PublishedModel model = PublishedModel.open(PublishedClip.openClip(folder))) {
      assertThat(String.join("\n", model.taken()))
          .contains("quick_gelu", "open_clip_config.json", "shortest", "vocab.json", "patch 9");
    }
  }

  /** The same weights without a word about their activation are GELU to open_clip. */
  @Test
  void aMissingKeyMeansTheDefaultOfItsLibrary() throws IOException {
    Path openClip = PublishedClip.openClip(folder.resolve("a"));
    Path file = openClip.resolve("open_clip_config.json");
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ((ObjectNode) config.path("model_cfg")).remove("quick_gelu");
    Files.writeString(file, config.toString());
    assertThat(activation(openClip)).isEqualTo(Activation.GELU);
    Path huggingFace = PublishedClip.huggingFace(folder.resolve("b"));
    Files.delete(huggingFace.resolve("config.json"));
    Files.copy(
        PublishedClip.golden("clip_full.config.diff.json"), huggingFace.resolve("config.json"));
    assertThat(activation(huggingFace)).isEqualTo(Activation.QUICK_GELU);
  }

  /** Sizes follow from the shapes, the activation from the user alone. */
  @Test
  void weightsWithNothingBesideThem() throws IOException {
    Architecture sizes =
        new Architecture(
            new Architecture.ImageTower(
                new Architecture.PatchGrid(16, 16, 8),
                2,
                new Sizes(128, 2, 256, Activation.QUICK_GELU, 1e-5, 0),
                Architecture.Stem.CLIP,
                Pooling.CLS,
                Architecture.Projection.WITHOUT_BIAS),
            new Architecture.TextTower(
                new Architecture.Vocabulary(814, 20, 0, 813),
                1,
                new Sizes(64, 1, 256, Activation.QUICK_GELU, 1e-5, 0),
                Architecture.TextLayers.CAUSAL,
                Pooling.END_OF_TEXT,
                Architecture.Projection.WITHOUT_BIAS),
            24,
            0,
            0,
            Architecture.Similarity.USUAL);
    Path own = Files.createDirectory(folder.resolve("own"));
    ModelDescription description =
        new ModelDescription(
            sizes,
            List.of(0.5, 0.5, 0.5),
            List.of(0.5, 0.5, 0.5),
            Resampling.BICUBIC,
            20,
            Optional.empty(),
            Map.of());
    try (DualEncoder random =
        new DualEncoder(sizes, TestDevice.get(), RandomValues.forWidth(1, 64))) {
      String words = Files.readString(PublishedClip.golden("bpe/tokenizer.json"));
      ModelFolder.write(own, description, random.parameters(), words, "");
    }
    Path bare = folder.resolve("clip");
    Conversion.run(own, bare, Format.OPEN_CLIP, false);
    Files.delete(bare.resolve("open_clip_config.json"));
    assertThatThrownBy(() -> PublishedModel.open(bare).close())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("model.init_activation", "quick_gelu", "gelu");
    try (PublishedModel read = PublishedModel.open(bare, InitActivation.QUICK_GELU)) {
      assertThat(read.description().architecture()).isEqualTo(sizes);
      assertThat(String.join("\n", read.taken())).contains("width / 64");
    }
  }

  @Test
  void theUserAndTheFilesMustAgree() throws IOException {
    PublishedClip.huggingFace(folder);
    PublishedModel.open(folder, InitActivation.QUICK_GELU).close();
    assertThatThrownBy(() -> PublishedModel.open(folder, InitActivation.GELU).close())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("model.init_activation", "config.json", "quick_gelu");
  }

  @Test
  void twoConfigurationsOfDifferentActivationsAreRefused() throws IOException {
    PublishedClip.huggingFace(folder);
    Path file = folder.resolve("open_clip_config.json");
    String openClip = Files.readString(PublishedClip.golden("clip_full.open_clip_config.json"));
    Files.writeString(file, openClip);
    PublishedModel.open(folder).close(); // both mean quick_gelu
    Files.writeString(file, openClip.replace("\"quick_gelu\": true", "\"quick_gelu\": false"));
    assertThatThrownBy(() -> PublishedModel.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("config.json", "quick_gelu", "open_clip_config.json", "gelu");
  }

  @Test
  void aTokenizerWithMoreTokensThanRowsIsRefused() throws IOException {
    Path siglip = PublishedClip.siglip(folder); // with the CLIP's tokenizer
    assertThatThrownBy(() -> Models.open(siglip, TestDevice.get()))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("tokenizer.json", "tokens");
  }

  /** As the first files of well-known SigLIPs of fashion had it. */
  @Test
  void aSiglipWithClipsMeanIsCautionedAbout() throws IOException {
    Files.copy(
        PublishedClip.golden("siglip.openclip.safetensors"),
        folder.resolve("open_clip_model.safetensors"));
    Path file = folder.resolve("open_clip_config.json");
    ObjectNode config =
        (ObjectNode)
            new ObjectMapper()
                .readTree(PublishedClip.golden("siglip.open_clip_config.json").toFile());
    Files.writeString(file, config.toString());
    assertThat(taken()).doesNotContain("caution");
    config.remove("preprocess_cfg");
    config.putObject("preprocess_cfg").put("resize_mode", "shortest");
    Files.writeString(file, config.toString());
    assertThat(taken()).contains("caution", "0.5, squash");
  }

  private String taken() throws IOException {
    try (PublishedModel model = PublishedModel.described(folder)) {
      return String.join("\n", model.taken());
    }
  }

  /** What is done to texts before, by family, kept by a model of its own. */
  @Test
  void textsAreCleanedAsTheFamilyDoes() throws IOException {
    assertThat(cleaning(PublishedClip.huggingFace(folder.resolve("hf"))))
        .isEqualTo(TextCleaning.NONE);
    Path openClip = PublishedClip.openClip(folder.resolve("oc"));
    assertThat(cleaning(openClip)).isEqualTo(TextCleaning.OPEN_CLIP);
    try (Checkpoint clip = Models.open(openClip, TestDevice.get())) {
      clip.write(folder.resolve("own"), clip.description(), "a card");
      try (Checkpoint own = Models.open(folder.resolve("own"), TestDevice.get())) {
        List<String> text = List.of("caf&eacute; <start_of_text> ΟΔΟΣ");
        assertThat(own.tokens(text).ids_BL()).isEqualTo(clip.tokens(text).ids_BL());
        assertThat(own.description().cleaning()).isEqualTo(TextCleaning.OPEN_CLIP);
      }
    }
    Path siglip = PublishedClip.siglip(folder.resolve("siglip"));
    assertThat(cleaning(siglip)).isEqualTo(TextCleaning.CANONICALIZE);
    Files.writeString(
        siglip.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"GemmaTokenizer\"}");
    assertThat(cleaning(siglip)).isEqualTo(TextCleaning.NONE);
  }

  private static TextCleaning cleaning(Path model) throws IOException {
    try (PublishedModel opened = PublishedModel.described(model)) {
      return opened.description().cleaning();
    }
  }

  private static Activation activation(Path model) throws IOException {
    try (PublishedModel opened = PublishedModel.open(model)) {
      return opened.description().architecture().image().layer().activation();
    }
  }

  @Test
  void aModelOfItsOwnIsWrittenAndReadAgain() throws IOException {
    Path own = folder.resolve("own");
    try (Checkpoint clip =
        Models.open(PublishedClip.huggingFace(folder.resolve("hf")), TestDevice.get())) {
      clip.write(own, clip.description(), "a card");
    }
    checkEmbeddings(own);
    try (Checkpoint again = Models.open(own, TestDevice.get())) {
      assertThat(again.description().resizeMode()).isEqualTo(ResizeMode.SHORTEST);
      assertThat(again.headsTrained()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json"})
  void whatIsMissingIsNamed(String name) throws IOException {
    PublishedClip.huggingFace(folder);
    Files.delete(folder.resolve(name));
    assertThatThrownBy(() -> Models.open(folder, TestDevice.get()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }

  @Test
  void aConfigurationOfAnotherModelIsRefused() throws IOException {
    PublishedClip.huggingFace(folder);
    Path file = folder.resolve("config.json");
    Files.writeString(
        file,
        Files.readString(file).replace("\"intermediate_size\": 144", "\"intermediate_size\": 145"));
    assertThatThrownBy(() -> Models.open(folder, TestDevice.get()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("144");
  }
}
