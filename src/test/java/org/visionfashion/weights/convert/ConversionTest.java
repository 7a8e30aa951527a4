package org.visionfashion.weights.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.ModelDescription;
import org.visionfashion.weights.ModelFolder;
import org.visionfashion.weights.Tensors;
import org.visionfashion.weights.WeightsException;
import org.visionfashion.weights.WeightsFiles;

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
    assertThat(made.architecture().text().intermediate())
        .isEqualTo(golden.architecture().text().intermediate());
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
          .isInstanceOf(WeightsException.class)
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
  void nothingIsOverwritten() {
    assertThatThrownBy(() -> Conversion.run(GOLDEN, folder, Format.FOLDER, false))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void whatIsNotThereCannotBeWritten() {
    Path bert = Golden.path("bert.hf.safetensors");
    assertThatThrownBy(() -> Conversion.run(bert, folder.resolve("x"), Format.TIMM, false))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("has no image_encoder.*");
    Path other = Golden.path("position_resample.safetensors");
    assertThatThrownBy(() -> Conversion.run(other, folder.resolve("x"), Format.PTH, false))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("of no known model");
  }

  @Test
  void aFileIsShownWithItsTotal() throws IOException {
    assertThat(Inspection.of(Golden.path("vit.timm.safetensors")).lines())
        .anyMatch(line -> line.matches("blocks\\.0\\.attn\\.qkv\\.weight +F32 +\\[144, 48\\]"))
        .anyMatch(line -> line.startsWith("42 tensors {F32=42}, "))
        .anyMatch(line -> line.equals("names of: timm's vision transformer"));
  }
}
