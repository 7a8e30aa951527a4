package org.visionfashion.weights.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;

/** The checkpoint folder: comes back as it was, and says what does not fit. */
class ModelFolderTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("run/model");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "finetune")) {
      checkpoint.write(folder, checkpoint.description(), "# card\n");
    }
  }

  @Test
  void comesBackAsItWas() throws IOException {
    try (Checkpoint made = TinyModel.checkpoint(1, "finetune");
        Checkpoint opened = Checkpoint.open(folder, Device.cpu())) {
      assertThat(opened.description()).isEqualTo(made.description());
      assertThat(opened.headsTrained()).isTrue();
      assertThat(opened.model().parameters().keySet())
          .containsExactlyElementsOf(made.model().parameters().keySet());
      made.model()
          .parameters()
          .forEach(
              (name, array) -> {
                NDArray other = opened.model().parameters().get(name);
                assertThat(other.getShape()).isEqualTo(array.getShape());
                assertThat(other.toFloatArray()).as(name).isEqualTo(array.toFloatArray());
              });
      Tokens tokens = made.tokens(TinyModel.CAPTIONS);
      assertThat(opened.tokens(TinyModel.CAPTIONS).ids_BL()).isEqualTo(tokens.ids_BL());
      assertThat(opened.transform().height()).isEqualTo(16);
      assertThat(opened.transform().width()).isEqualTo(8);
    }
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "model.safetensors", "config.json", "tokenizer.json", "README.md");
    assertThat(folder.resolve("README.md")).hasContent("# card");
    assertThat(folder.getParent().toFile().list()).containsExactly("model");
  }

  @Test
  void weightsHaveAnIdentity() throws IOException {
    String before = ModelFolder.open(folder).identity();
    assertThat(before).matches("[0-9a-f]{64}");
    try (Checkpoint same = TinyModel.checkpoint(1, ModelDescription.STAGE_ONE)) {
      same.write(folder, same.description(), "another card");
      assertThat(ModelFolder.open(folder).identity()).isEqualTo(before);
      same.model().operations().assign(same.model().logScale(), new float[] {1.25f});
      same.write(folder, same.description(), "another card");
      assertThat(ModelFolder.open(folder).identity()).isNotEqualTo(before);
    }
  }

  @Test
  void theHeadsOfStageOneCountAsUntrained() throws IOException {
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, ModelDescription.STAGE_ONE)) {
      checkpoint.write(folder, checkpoint.description(), "");
    }
    try (Checkpoint opened = Checkpoint.open(folder, Device.cpu())) {
      assertThat(opened.headsTrained()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Pooling.class,
      names = {"CLS", "POOLER", "MEAN"})
  void describesWhatItWasTold(Pooling pooling) throws IOException {
    LabelScheme empty = new LabelScheme("custom", List.of(), List.of());
    ModelDescription usual = TinyModel.description(30, "contrastive");
    List<ModelDescription> descriptions =
        List.of(
            new ModelDescription(
                TinyModel.architecture(30, pooling),
                usual.mean(),
                usual.std(),
                Resampling.BICUBIC,
                3,
                Optional.of(TinyModel.SCHEME),
                Map.of()),
            new ModelDescription(
                new org.visionfashion.model.Architecture(
                    usual.architecture().image(),
                    usual.architecture().text(),
                    6,
                    0,
                    0,
                    new org.visionfashion.model.Architecture.Similarity(0.01, 50, false)),
                usual.mean(),
                usual.std(),
                usual.resampling(),
                10,
                Optional.of(empty),
                Map.of("a", "b\nc")));
    for (ModelDescription description : descriptions) {
      Path file = temporary.resolve("config.json");
      Files.writeString(file, ModelJson.write(description));
      assertThat(ModelJson.read(file)).isEqualTo(description);
    }
  }

  @Test
  void theReferenceFolderOpensAsAModel() throws IOException {
    ModelFolder golden = ModelFolder.open(Golden.path(""));
    assertThat(golden.description().labels()).isEmpty();
    assertThat(golden.tokenizer()).isEmpty();
    try (DualEncoder model = golden.load(Device.cpu())) {
      assertThat(model.parameters().keySet()).contains("logit_scale", "category_head.weight");
      double scale = 1 / golden.description().architecture().similarity().temperature();
      assertThat(Math.exp(model.logScale().toFloatArray()[0])).isCloseTo(scale, within(1e-4));
    }
    assertThatThrownBy(() -> Checkpoint.open(Golden.path(""), Device.cpu()).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no tokenizer.json");
  }

  /** The tensors of the folder, to be tampered with. */
  private Map<String, SafetensorsWriter.Tensor> tensors() throws IOException {
    Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      for (String name : file.names()) {
        tensors.put(name, tensor(file.floats(name), file.info(name).shape()));
      }
    }
    return tensors;
  }

  private static SafetensorsWriter.Tensor tensor(float[] values, long... shape) {
    return new SafetensorsWriter.Tensor() {
      @Override
      public long[] shape() {
        return shape;
      }

      @Override
      public float[] values() {
        return values;
      }
    };
  }

  private void refused(String... says) {
    assertThatThrownBy(() -> Checkpoint.open(folder, Device.cpu()).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContainingAll(says)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void everyTensorThatDoesNotFitIsNamed() throws IOException {
    Map<String, SafetensorsWriter.Tensor> tensors = tensors();
    tensors.remove("text_projection.bias");
    tensors.remove("category_head.weight");
    tensors.put("image_projection.weight", tensor(new float[48], 8, 6));
    tensors.put("attribute_head.bias", tensor(new float[5], 5));
    tensors.put("extra\nline", tensor(new float[2], 2, 1));
    tensors.put("text_encoder.pooler.dense.bias", tensor(new float[12], 12)); // not used: fine
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    refused(
        "no text_projection.bias [6]",
        "no category_head.weight [3, 8]",
        "image_projection.weight is [8, 6], the model expects [6, 8]",
        "attribute_head.bias is [5], the model expects [7]",
        "unexpected extra line [2, 1]");
    assertThatThrownBy(() -> Checkpoint.open(folder, Device.cpu()).close())
        .hasMessageNotContainingAny("pooler", "image_encoder", "text_projection.weight");
  }

  @ParameterizedTest
  @CsvSource({"hidden_size,2000000000", "num_hidden_layers,1000", "vocab_size,2147483647"})
  void sizesWithoutEndTakeNoMemory(String key, int value) throws IOException {
    edit("text_encoder", key, JSON.valueToTree(value));
    if (key.equals("hidden_size")) {
      edit("text_encoder", "num_attention_heads", JSON.valueToTree(1));
    }
    refused("does not fit its config.json", "text_encoder.");
  }

  private void edit(String section, String key, JsonNode value) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    ObjectNode node = section.isEmpty() ? root : (ObjectNode) root.get(section);
    if (value.isMissingNode()) {
      node.remove(key);
    } else {
      node.set(key, value);
    }
    Files.writeString(file, root.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''            | format_version         | 2        | format version 2",
        "''            | embedding_size         | -        | embedding_size must be a whole",
        "''            | embedding_size         | 0        | from 1 on, is 0",
        "''            | embedding_size         | 6.5      | is 6.5",
        "''            | num_categories         | -1       | num_categories must be",
        "''            | num_categories         | 4        | labels names 3 categories",
        "''            | num_attributes         | 6        | 7 attributes",
        "''            | max_tokens             | 11       | between 3 and",
        "''            | max_tokens             | 2        | between 3 and",
        "''            | image_encoder          | -        | patch_size must be",
        "''            | text_encoder           | []       | vocab_size must be",
        "image_encoder | patch_size             | 0        | patch_size must be",
        "image_encoder | patch_size             | 3        | not a multiple of patch_size 3",
        "image_encoder | image_size             | [16]     | not a multiple of patch_size",
        "image_encoder | image_size             | -        | not a multiple of patch_size",
        "image_encoder | num_hidden_layers      | 1001     | from 1 to 1000, is 1001",
        "image_encoder | num_hidden_layers      | 0        | num_hidden_layers must be",
        "text_encoder  | num_hidden_layers      | 0        | num_hidden_layers must be",
        "image_encoder | image_size             | 8192     | at most 4096",
        "image_encoder | layer_norm_eps         | -1       | layer_norm_eps must be",
        "''            | temperature            | 0        | temperature must be",
        "''            | max_scale              | 0        | max_scale must be",
        "image_encoder | num_channels           | 1        | num_channels must be 3",
        "image_encoder | num_attention_heads    | 3        | not a multiple of num_attention",
        "image_encoder | num_attention_heads    | 0        | num_attention_heads must be",
        "image_encoder | hidden_act             | '\"relu\"' | hidden_act must be",
        "image_encoder | pooling                | '\"max\"' | pooling must be one of [cls,",
        "text_encoder  | vocab_size             | '\"9\"'  | vocab_size must be",
        "text_encoder  | vocab_size             | 7        | tokenizer.json has",
        "preprocessing | resampling             | '\"x\"'  | [bilinear, bicubic], is x",
        "preprocessing | image_mean             | [1,2]    | must be three numbers",
        "preprocessing | image_std              | [1,0,1]  | three positive numbers",
      })
  void descriptionsThatCannotBe(String section, String key, String value, String says)
      throws IOException {
    edit(section, key, value == null ? JSON.missingNode() : JSON.readTree(value));
    refused(says);
  }

  @Test
  void truncatedDescriptions() throws IOException {
    Path file = folder.resolve("config.json");
    byte[] whole = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length += 9) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFolder.open(folder))
          .as("the first " + length + " bytes")
          .isInstanceOf(UserError.class)
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0});
    refused("is not JSON");
  }

  @Test
  void theOldFolderIsFoundWhereACrashSetItAside() throws IOException {
    String identity = ModelFolder.open(folder).identity();
    Files.move(folder, folder.resolveSibling("model.old"));
    assertThat(ModelFolder.exists(folder)).isTrue();
    assertThat(ModelFolder.open(folder).identity()).isEqualTo(identity);
    Checkpoint.open(folder, Device.cpu()).close();
    assertThat(ModelFolder.exists(folder.resolveSibling("other"))).isFalse();
  }

  @Test
  void foldersThatAreNone() throws IOException {
    assertThatThrownBy(() -> ModelFolder.open(temporary.resolve("nowhere")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not a model folder: it has no config.json");
    Files.delete(folder.resolve("model.safetensors"));
    refused("is not a model folder: it has no model.safetensors");
  }

  @Test
  void aWriteThatFailsLeavesTheOldFolder() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("model.safetensors"));
    try (Checkpoint other = TinyModel.checkpoint(2, "finetune")) {
      List<NDArray> arrays = new ArrayList<>(other.model().parameters().values());
      arrays.get(arrays.size() / 2).close();
      assertThatThrownBy(() -> other.write(folder, other.description(), ""))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(before);
    try (Checkpoint other = TinyModel.checkpoint(2, "finetune")) {
      Files.createFile(folder.resolve("left over"));
      other.write(folder, other.description(), "");
    }
    assertThat(folder.toFile().list()).hasSize(4);
    assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isNotEqualTo(before);
    assertThat(folder.getParent().toFile().list()).containsExactly("model");
  }

  @Test
  void aFolderThatWasLeftAsideOpens() throws IOException {
    Files.move(folder, folder.resolveSibling("model.old"));
    try (Checkpoint opened = Checkpoint.open(folder, Device.cpu())) {
      assertThat(opened.description().labels()).contains(TinyModel.SCHEME);
    }
  }
}
