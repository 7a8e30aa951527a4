package org.visionfashion.weights.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.NameMap;

class ConversionTest {

  private static final Path GOLDEN = Golden.path("");

  @TempDir Path folder;

  private static void assertSame(Path actual, Path expected) throws IOException {
    try (Tensors left = WeightsFiles.open(actual);
        Tensors right = WeightsFiles.open(expected)) {
      assertThat(left.names()).containsExactlyInAnyOrderElementsOf(right.names());
      for (String name : right.names()) {
        assertThat(left.info(name).shape()).as(name).isEqualTo(right.info(name).shape());
        assertThat(left.floats(name)).as(name).isEqualTo(right.floats(name));
      }
    }
  }

  private Path convert(Path from, String name, Format format) throws IOException {
    Path to = folder.resolve(name);
    Conversion.run(from, to, format, false);
    return to;
  }

  @Test
  void aFolderBecomesOneFileAndAFolderAgain() throws IOException {
    Path file = convert(GOLDEN, "whole.safetensors", Format.SAFETENSORS);
    assertSame(file, Golden.path("model.safetensors"));
    Path again = convert(GOLDEN, "again", Format.FOLDER);
    assertSame(again, GOLDEN);
    assertThat(ModelFolder.open(again).description())
        .isEqualTo(ModelFolder.open(GOLDEN).description());
  }

  @Test
  void pytorchsFormAndBack() throws IOException {
    Path pth = convert(GOLDEN, "whole.pth", Format.PTH);
    assertSame(pth, GOLDEN);
    assertSame(convert(pth, "back.safetensors", Format.SAFETENSORS), GOLDEN);
  }

  @Test
  void theNotebooksStateDictBecomesAFolder() throws IOException {
    Path folder = convert(Golden.path("state_dict.pth"), "model", Format.FOLDER);
    assertSame(folder, Golden.path("state_dict.pth"));
    assertThat(ModelFolder.open(folder).description().architecture().image().pooling())
        .isEqualTo(Pooling.POOLER);
  }

  @Test
  void theImageTowerAsTimmHasIt() throws IOException {
    assertSame(
        convert(GOLDEN, "vit.safetensors", Format.TIMM), Golden.path("vit.timm.safetensors"));
  }

  @Test
  void theTextTowerAsHuggingFaceHasIt() throws IOException {
    Path bert = convert(GOLDEN, "bert", Format.HF_BERT);
    assertSame(bert, Golden.path("bert.hf.safetensors"));
    JsonNode config = new JsonMapper().readTree(bert.resolve("config.json").toFile());
    JsonNode golden =
        new JsonMapper().readTree(Golden.path("config.json").toFile()).get("text_encoder");
    for (String key :
        List.of(
            "vocab_size",
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "max_position_embeddings",
            "layer_norm_eps")) {
      assertThat(config.get(key)).as(key).isEqualTo(golden.get(key));
    }
    assertThat(config.get("model_type").asText()).isEqualTo("bert");
  }

  @Test
  void theImageTowerAsHuggingFaceHasIt() throws IOException {
    Path vit = convert(GOLDEN, "vit", Format.HF_VIT);
    try (Tensors tensors = WeightsFiles.open(vit)) {
      assertThat(tensors.names())
          .contains("embeddings.cls_token", "layernorm.weight")
          .hasSize((int) count("image_encoder."));
    }
    JsonNode config = new JsonMapper().readTree(vit.resolve("config.json").toFile());
    assertThat(config.get("model_type").asText()).isEqualTo("vit");
    assertThat(config.get("image_size").asInt()).isEqualTo(32);
  }

  @Test
  void timmsTowerAsHuggingFaceHasIt() throws IOException {
    Path vit = convert(Golden.path("vit.timm.safetensors"), "vit", Format.HF_VIT);
    assertSame(vit, convert(GOLDEN, "expected", Format.HF_VIT));
    assertThat(json(vit)).isEqualTo(json(folder.resolve("expected")));
    assertSame(convert(vit, "back.safetensors", Format.TIMM), Golden.path("vit.timm.safetensors"));
  }

  @Test
  void aBareTextTowerAsHuggingFaceHasIt() throws IOException {
    Path bert = convert(Golden.path("bert.hf.safetensors"), "bert", Format.HF_BERT);
    assertSame(bert, Golden.path("bert.hf.safetensors"));
    assertThat(json(bert)).isEqualTo(json(convert(GOLDEN, "expected", Format.HF_BERT)));
  }

  @Test
  void aBareTextTowerUnderOurNamesAndBack() throws IOException {
    Path own = convert(Golden.path("bert.hf.safetensors"), "own.safetensors", Format.SAFETENSORS);
    assertSame(convert(own, "bert", Format.HF_BERT), Golden.path("bert.hf.safetensors"));
  }

  /** A published tower's own config.json; twelve heads of 32, which the width does not tell. */
  @Test
  void headsEpsilonAndActivationAreThoseOfTheConfigBeside() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.copy(Golden.path("vit.timm.safetensors"), source.resolve("model.safetensors"));
    Files.writeString(
        source.resolve("config.json"),
        """
        {"model_type": "vit", "image_size": 32, "patch_size": 8, "hidden_size": 48,
         "num_hidden_layers": 3, "num_attention_heads": 12, "intermediate_size": 192,
         "layer_norm_eps": 1e-5, "hidden_act": "quick_gelu"}\
        """);
    for (Path from : List.of(source, source.resolve("model.safetensors"))) {
      JsonNode made = json(convert(from, "from-" + from.getFileName(), Format.HF_VIT));
      assertThat(made.get("num_attention_heads").asInt()).isEqualTo(12);
      assertThat(made.get("layer_norm_eps").asDouble()).isEqualTo(1e-5);
      assertThat(made.get("hidden_act").asText()).isEqualTo("quick_gelu");
    }
  }

  @Test
  void aTextTowersHeadsAreThoseOfTheConfigBeside() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.copy(Golden.path("bert.hf.safetensors"), source.resolve("model.safetensors"));
    String config =
        """
        {"model_type": "bert", "vocab_size": 199, "hidden_size": 40, "num_hidden_layers": 3,
         "num_attention_heads": 10, "intermediate_size": 160, "max_position_embeddings": 64,
         "type_vocab_size": 2}\
        """;
    Files.writeString(source.resolve("config.json"), config);
    JsonNode made = json(convert(source, "made", Format.HF_BERT));
    assertThat(made.get("num_attention_heads").asInt()).isEqualTo(10);
    assertThat(made.get("layer_norm_eps").asDouble()).isEqualTo(1e-12);
    Files.writeString(source.resolve("config.json"), config.replace("40", "80"));
    assertThatThrownBy(() -> convert(source, "other", Format.HF_BERT))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            source.resolve("config.json").toString(), "hidden_size = 80", "has 40");
  }

  /** The config.json of a text tower says nothing of an image tower in the same folder. */
  @Test
  void withoutAConfigTheHeadsAreTheWidthBy64() throws IOException {
    Path source = folder.resolve("vit.safetensors");
    Files.copy(Golden.path("vit.timm.safetensors"), source);
    Files.writeString(folder.resolve("config.json"), "{\"vocab_size\": 7}");
    assertThat(json(convert(source, "made", Format.HF_VIT)).get("num_attention_heads").asInt())
        .isEqualTo(1);
  }

  @Test
  void clipsTowerIsNoViTModel() throws IOException {
    Path clip = folder.resolve("clip.safetensors");
    Files.copy(Golden.path("clip_visual.safetensors"), clip);
    assertThatThrownBy(() -> convert(clip, "made", Format.HF_VIT))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ViTModel has no norm before its layers");
    assertThatThrownBy(() -> convert(Golden.path("clip_visual.safetensors"), "x", Format.HF_VIT))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json states pre_layernorm = false")
        .hasMessageContaining("has true");
  }

  /** timm's own CLIP towers: norm_pre, no bias of the patches, a class token of three axes. */
  @Test
  void clipsTowerAsTimmHasItAndBack() throws IOException {
    Path timm = convert(Golden.path("clip_visual.safetensors"), "t.safetensors", Format.TIMM);
    try (Tensors tensors = WeightsFiles.open(timm);
        SafetensorsFile clip = Golden.open("clip_visual.safetensors")) {
      assertThat(tensors.names())
          .contains("norm_pre.weight", "norm_pre.bias", "blocks.2.attn.qkv.weight")
          .doesNotContain("patch_embed.proj.bias");
      assertThat(tensors.info("cls_token").shape()).containsExactly(1, 1, 48);
      assertThat(tensors.info("pos_embed").shape()).containsExactly(1, 17, 48);
      assertThat(tensors.floats("pos_embed")).isEqualTo(clip.floats("visual.positional_embedding"));
    }
    try (Tensors back = WeightsFiles.open(convert(timm, "own.safetensors", Format.SAFETENSORS));
        Tensors same =
            WeightsFiles.open(
                convert(
                    Golden.path("clip_visual.safetensors"),
                    "same.safetensors",
                    Format.SAFETENSORS))) {
      assertThat(same.names()).containsAll(back.names()).contains("image_projection.weight");
      for (String name : back.names()) {
        assertThat(back.floats(name)).as(name).isEqualTo(same.floats(name));
      }
    }
  }

  /** Training gives the patches a bias, for which timm has no place beside norm_pre. */
  @Test
  void aBiasBeforeTheNormGoesIntoTimmsPositions() throws IOException {
    Map<String, Tensor> tower = new LinkedHashMap<>();
    tower.put("embeddings.position_embeddings", new Values(1, 2, 3, 4, 5, 6));
    tower.put("embeddings.patch_embeddings.projection.bias", new Values(10, 20));
    tower.put("layernorm.weight", new Values(1, 1));
    assertThat(ForeignNames.of(NameMap.TIMM, tower).tensors().keySet())
        .containsExactlyInAnyOrder("pos_embed", "patch_embed.proj.bias", "norm.weight");
    tower.put("pre_layernorm.weight", new Values(1, 1));
    Map<String, Tensor> timm = ForeignNames.of(NameMap.TIMM, tower).tensors();
    assertThat(timm.keySet())
        .containsExactlyInAnyOrder("pos_embed", "norm_pre.weight", "norm.weight");
    assertThat(timm.get("pos_embed").values()).containsExactly(1, 2, 13, 24, 15, 26);
  }

  private record Values(float... values) implements Tensor {

    @Override
    public long[] shape() {
      return new long[] {values.length};
    }

    @Override
    public float[] values() {
      return values.clone();
    }
  }

  @Test
  void aTowerIsNoWholeModel() {
    Path bert = Golden.path("bert.hf.safetensors");
    assertThatThrownBy(() -> convert(bert, "made", Format.FOLDER))
        .isInstanceOf(UserError.class)
        .hasMessage(
            bert
                + " has the names of Hugging Face's BERT; a folder takes a whole model: choose"
                + " another --format");
  }

  private static JsonNode json(Path folder) throws IOException {
    return new JsonMapper().readTree(folder.resolve("config.json").toFile());
  }

  private static long count(String prefix) throws IOException {
    try (Tensors tensors = WeightsFiles.open(GOLDEN)) {
      return tensors.names().stream().filter(name -> name.startsWith(prefix)).count();
    }
  }

  @Test
  void bareTensorsBecomeAFolderByTheirShapes() throws IOException {
    Path bare = convert(GOLDEN, "bare.safetensors", Format.SAFETENSORS);
    ModelDescription made = ModelFolder.open(convert(bare, "made", Format.FOLDER)).description();
    ModelDescription golden = ModelFolder.open(GOLDEN).description();
    assertThat(made.architecture().image().patch())
        .isEqualTo(golden.architecture().image().patch());
    assertThat(made.architecture().image().layers()).isEqualTo(3);
    assertThat(made.architecture().text().layer().intermediate())
        .isEqualTo(golden.architecture().text().layer().intermediate());
    assertThat(made.labels()).contains(LabelSchemes.CARD);
  }

  @Test
  void halfTheBits() throws IOException {
    Path to = folder.resolve("half.safetensors");
    Conversion.run(GOLDEN, to, Format.SAFETENSORS, true);
    try (Tensors half = WeightsFiles.open(to);
        Tensors whole = WeightsFiles.open(GOLDEN)) {
      for (String name : whole.names()) {
        assertThat(half.info(name).type()).isEqualTo("F16");
        float[] exact = whole.floats(name);
        float[] rounded = half.floats(name);
        for (int i = 0; i < exact.length; i++) {
          assertThat(Math.abs(rounded[i] - exact[i]))
              .isLessThanOrEqualTo(Math.max(0x1p-25f, Math.abs(exact[i]) * 0x1p-11f));
        }
      }
    }
  }

  @Test
  void aConversionThatFailsLeavesNothingBehind() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.copy(Golden.path("config.json"), source.resolve("config.json"));
    String bytes = Files.readString(Golden.path("model.safetensors"), StandardCharsets.ISO_8859_1);
    String last = "\"image_encoder.layernorm.weight\":{\"dtype\":\"";
    assertThat(bytes).contains(last + "F32");
    Files.writeString(
        source.resolve("model.safetensors"),
        bytes.replace(last + "F32", last + "I32"),
        StandardCharsets.ISO_8859_1);
    for (Format format : List.of(Format.FOLDER, Format.HF_VIT, Format.SAFETENSORS, Format.PTH)) {
      Path to = folder.resolve("made-" + format);
      assertThatThrownBy(() -> Conversion.run(source, to, format, false))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("is I32, not a float type");
    }
    assertThat(folder.toFile().list()).containsExactly("source");
  }

  @Test
  void aFoldersFileIsTheFolder() throws IOException {
    Path made = convert(Golden.path("model.safetensors"), "made", Format.FOLDER);
    assertThat(ModelFolder.open(made).description())
        .isEqualTo(ModelFolder.open(GOLDEN).description());
  }

  @Test
  void aConfigThatOnlySpeaksOfAnImageEncoderDescribesNone() throws IOException {
    Path bare = convert(GOLDEN, "bare.safetensors", Format.SAFETENSORS);
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.move(bare, source.resolve("model.safetensors"));
    Files.writeString(source.resolve("config.json"), "{\"other\":{\"image_encoder\":1}}");
    Path made = convert(source, "made", Format.FOLDER);
    assertThat(ModelFolder.open(made).description().provenance())
        .containsEntry("converted_from", "source");
  }

  @Test
  void numbersThatAHalfCannotHoldAreRefused() throws IOException {
    Path large = folder.resolve("large.safetensors");
    Tensor values = new Values(1, 65504, -Float.POSITIVE_INFINITY);
    Map<String, Tensor> model = new HashMap<>();
    model.put("image_encoder.embeddings.cls_token", values);
    SafetensorsWriter.write(large, model, Map.of());
    Conversion.run(large, folder.resolve("half.safetensors"), Format.SAFETENSORS, true);
    try (Tensors half = WeightsFiles.open(folder.resolve("half.safetensors"))) {
      assertThat(half.floats("image_encoder.embeddings.cls_token")).isEqualTo(values.values());
    }
    model.put("logit_scale", new Values(-65505));
    SafetensorsWriter.write(large, model, Map.of());
    assertThatThrownBy(() -> Conversion.run(large, folder.resolve("x"), Format.SAFETENSORS, true))
        .isInstanceOf(UserError.class)
        .hasMessage("logit_scale holds -65505.0, more than 16 bits can; convert without --half");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("large.safetensors", "half.safetensors");
  }

  @Test
  void nothingIsOverwritten() {
    assertThatThrownBy(() -> Conversion.run(GOLDEN, folder, Format.FOLDER, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void whatIsNotThereCannotBeWritten() {
    Path bert = Golden.path("bert.hf.safetensors");
    assertThatThrownBy(() -> Conversion.run(bert, folder.resolve("x"), Format.TIMM, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no image_encoder.*");
    Path other = Golden.path("position_resample.safetensors");
    assertThatThrownBy(() -> Conversion.run(other, folder.resolve("x"), Format.PTH, false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unrecognised tensor names");
  }

  @Test
  void aFileIsShownWithItsTotal() throws IOException {
    assertThat(Inspection.of(Golden.path("vit.timm.safetensors")).lines())
        .anyMatch(line -> line.matches("blocks\\.0\\.attn\\.qkv\\.weight +F32 +\\[144, 48\\]"))
        .anyMatch(line -> line.startsWith("42 tensors {F32=42}, "))
        .anyMatch(line -> line.equals("names of: timm's vision transformer"));
  }
}
