package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.base.Wildcard;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.FirstValues;
import org.visionfashion.nn.ParameterValues.Initial;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.TorchWriterTest;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;
import org.visionfashion.weights.pretrained.Pretrained.Part;

/** The reference model under other libraries' names. */
class NameMapTest {

  private static final Grid GRID = new Grid(4, 4);

  /** Tensors in memory. */
  private record Memory(Map<String, float[]> values, Map<String, long[]> shapes)
      implements Tensors {

    static Memory of(Tensors file, UnaryOperator<String> name) throws IOException {
      Memory memory = new Memory(new LinkedHashMap<>(), new HashMap<>());
      for (String old : file.names()) {
        memory.values.put(name.apply(old), file.floats(old));
        memory.shapes.put(name.apply(old), file.info(old).shape());
      }
      return memory;
    }

    @Override
    public Set<String> names() {
      return values.keySet();
    }

    @Override
    public TensorInfo info(String name) {
      return new TensorInfo(name, "F32", shapes.get(name), 0, 0);
    }

    @Override
    public float[] floats(String name) {
      return values.get(name);
    }

    @Override
    public Map<String, String> metadata() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  private static void assertSameTower(Tensors actual, String prefix) throws IOException {
    try (SafetensorsFile golden = Golden.open("model.safetensors")) {
      List<String> expected =
          golden.names().stream()
              .filter(name -> name.startsWith(prefix) && !name.contains(".pooler."))
              .toList();
      assertThat(actual.names().stream().filter(name -> !name.contains(".pooler.")))
          .containsExactlyInAnyOrderElementsOf(expected);
      for (String name : expected) {
        assertThat(actual.info(name).shape()).as(name).isEqualTo(golden.info(name).shape());
        assertThat(actual.floats(name)).as(name).isEqualTo(golden.floats(name));
      }
    }
  }

  @Test
  void timmNames() throws IOException {
    try (Pretrained tower = Pretrained.open(Golden.path("vit.timm.safetensors"), Part.IMAGE)) {
      assertThat(tower.map()).isEqualTo(NameMap.TIMM);
      assertSameTower(tower.tensors(), "image_encoder.");
    }
  }

  @Test
  void bertNames() throws IOException {
    try (Pretrained tower = Pretrained.open(Golden.path("bert.hf.safetensors"), Part.TEXT)) {
      assertSameTower(tower.tensors(), "text_encoder.");
    }
  }

  @ParameterizedTest
  @CsvSource({"bert., LayerNorm.gamma, LayerNorm.beta", "'', LayerNorm.weight, LayerNorm.bias"})
  void oldBertNamesWithHeads(String prefix, String scale, String shift) throws IOException {
    try (SafetensorsFile file = Golden.open("bert.hf.safetensors")) {
      Memory old =
          Memory.of(
              file,
              name ->
                  prefix
                      + name.replace("LayerNorm.weight", scale).replace("LayerNorm.bias", shift));
      old.values.put("cls.predictions.bias", new float[3]);
      old.shapes.put("cls.predictions.bias", new long[] {3});
      old.values.put(prefix + "embeddings.position_ids", new float[2]);
      old.shapes.put(prefix + "embeddings.position_ids", new long[] {1, 2});
      NameMap map = NameMap.of(old.names()).orElseThrow();
      assertThat(map).isEqualTo(NameMap.HF_BERT);
      assertSameTower(new RenamedTensors(old, map, "text_encoder."), "text_encoder.");
    }
  }

  @ParameterizedTest
  @CsvSource({"vit.", "''"})
  void huggingFaceVitWithAClassifier(String prefix) throws IOException {
    try (SafetensorsFile whole = Golden.open("model.safetensors")) {
      Memory tower = Memory.of(whole, name -> name);
      tower.values.keySet().removeIf(name -> !name.startsWith("image_encoder."));
      Memory vit = Memory.of(tower, name -> name.replace("image_encoder.", prefix));
      vit.values.put("classifier.weight", new float[4]);
      vit.shapes.put("classifier.weight", new long[] {2, 2});
      NameMap map = NameMap.of(vit.names()).orElseThrow();
      assertThat(map).isEqualTo(NameMap.HF_VIT);
      assertSameTower(new RenamedTensors(vit, map, "image_encoder."), "image_encoder.");
    }
  }

  @Test
  void clipsTowerIsTheSameTower() throws IOException {
    Architecture golden = Golden.architecture();
    Architecture.ImageTower clip =
        new Architecture.ImageTower(
            new PatchGrid(32, 32, 8),
            3,
            new Sizes(48, 4, 192, Activation.QUICK_GELU, 1e-5, 0),
            new Architecture.Stem(true, true, true),
            Pooling.CLS,
            Architecture.Projection.LINEAR);
    Architecture architecture =
        new Architecture(clip, golden.text(), 32, 0, 0, golden.similarity());
    try (Pretrained tower = Pretrained.open(Golden.path("clip_visual.safetensors"), Part.IMAGE)) {
      PretrainedValues values =
          new PretrainedValues(
              List.of(tower),
              DualEncoder.shapes(architecture),
              GRID,
              name -> false,
              RandomValues.forWidth(1, 48));
      try (DualEncoder model = new DualEncoder(architecture, Device.cpu(), values);
          SafetensorsFile file = Golden.open("clip_visual.safetensors");
          NDManager scope = model.newScope()) {
        NDArray features = model.imageFeatures(Golden.array(scope, file, "pixel_values"), false);
        assertThat(Golden.difference(features.toFloatArray(), file.floats("image_features")))
            .isLessThanOrEqualTo(1e-5);
        float[] projected = file.floats("image_projected");
        normalise(projected, 32);
        assertThat(Golden.difference(model.imageEmbeddings(features).toFloatArray(), projected))
            .isLessThanOrEqualTo(1e-5);
      }
    }
  }

  /** Our names below the tower, and what {@code CLIPModel} calls the same. */
  private static String inClipModel(String name) {
    return "vision_model."
        + name.replace("image_encoder.", "")
            .replace("embeddings.cls_token", "embeddings.class_embedding")
            .replace("embeddings.position_embeddings", "embeddings.position_embedding.weight")
            .replace("embeddings.patch_embeddings.projection", "embeddings.patch_embedding")
            .replace("encoder.layer.", "encoder.layers.")
            .replace("layernorm_before", "layer_norm1")
            .replace("layernorm_after", "layer_norm2")
            .replace("attention.attention.query", "self_attn.q_proj")
            .replace("attention.attention.key", "self_attn.k_proj")
            .replace("attention.attention.value", "self_attn.v_proj")
            .replace("attention.output.dense", "self_attn.out_proj")
            .replace("intermediate.dense", "mlp.fc1")
            .replace("output.dense", "mlp.fc2")
            .replaceFirst("^layernorm", "post_layernorm")
            .replaceFirst("^pre_layernorm", "pre_layrnorm");
  }

  private static float[] projection(Pretrained clip, long[] shape) {
    return FirstValues.floats(
        (name, same, initial) -> clip.projection(shape).orElseThrow(), "", shape, Initial.ONE);
  }

  @Test
  void clipsTowerUnderHuggingFacesNames(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (Pretrained clip = Pretrained.open(Golden.path("clip_visual.safetensors"), Part.IMAGE)) {
      Map<String, SafetensorsWriter.Tensor> other = new HashMap<>();
      for (String name : clip.tensors().names()) {
        TensorInfo info = clip.tensors().info(name);
        other.put(
            inClipModel(name), TorchWriterTest.tensor(clip.tensors().floats(name), info.shape()));
      }
      long[] shape = {32, 48};
      float[] projection = projection(clip, shape);
      other.put("visual_projection.weight", TorchWriterTest.tensor(projection, shape));
      other.put("text_model.final_layer_norm.bias", TorchWriterTest.tensor(new float[1], 1));
      other.put("vision_model.embeddings.position_ids", TorchWriterTest.tensor(new float[2], 1, 2));
      SafetensorsWriter.write(file, other, Map.of());
      try (Pretrained tower = Pretrained.open(folder, Part.IMAGE)) {
        assertThat(tower.map()).isEqualTo(NameMap.HF_CLIP);
        assertThat(tower.tensors().names())
            .containsExactlyInAnyOrderElementsOf(clip.tensors().names())
            .contains("image_encoder.pre_layernorm.bias", "image_encoder.layernorm.weight");
        for (String name : clip.tensors().names()) {
          assertThat(tower.tensors().floats(name)).as(name).isEqualTo(clip.tensors().floats(name));
        }
        assertThat(projection(tower, shape)).isEqualTo(projection);
        assertThat(tower.projection(new long[] {48, 32})).isEmpty();
        assertThat(tower.lacksBias("image_encoder.embeddings.patch_embeddings.projection.bias"))
            .isTrue();
      }
    }
  }

  /** A ResNet has a conv1 too, and so has CLIP's; neither is a vision transformer. */
  @Test
  void otherNetworksAreOfNoKnownModel() {
    assertThat(NameMap.of(Set.of("conv1.weight", "bn1.weight"))).isEmpty();
    assertThat(NameMap.of(Set.of("visual.conv1.weight", "visual.layer1.0.bn1.weight"))).isEmpty();
    assertThat(NameMap.of(Set.of("class_embedding", "conv1.weight"))).isEmpty();
    assertThat(NameMap.CLIP.targets("ln_pre.weight")).containsExactly("ln_pre.weight");
    assertThat(NameMap.CLIP.targets("transformer.resblocks.0.ln_1.weight"))
        .containsExactly("text_encoder.encoder.layer.0.layernorm_before.weight");
  }

  @Test
  void timmsNormBeforeTheBlocks() {
    assertThat(NameMap.TIMM.targets("norm_pre.bias")).containsExactly("pre_layernorm.bias");
  }

  /** The notebook's library kept the numbers of the positions among the weights. */
  @Test
  void positionNumbersAreNoWeights() {
    assertThat(NameMap.WHOLE.targets("text_encoder.embeddings.position_ids")).isEmpty();
    assertThat(NameMap.WHOLE.targets("logit_scale")).containsExactly("logit_scale");
  }

  private static void normalise(float[] rows, int width) {
    for (int row = 0; row < rows.length; row += width) {
      double squares = 0;
      for (int i = row; i < row + width; i++) {
        squares += rows[i] * rows[i];
      }
      for (int i = row; i < row + width; i++) {
        rows[i] /= (float) Math.sqrt(squares);
      }
    }
  }

  @Test
  void everythingThatDoesNotFitIsNamedAtOnce() throws IOException {
    try (Pretrained tower = Pretrained.open(Golden.path("vit.timm.safetensors"), Part.IMAGE)) {
      Map<String, long[]> shapes =
          Map.of(
              "image_encoder.layernorm.weight",
              new long[] {7},
              "image_encoder.other",
              new long[] {2, 2});
      assertThatThrownBy(
              () ->
                  new PretrainedValues(
                      List.of(tower), shapes, GRID, name -> false, RandomValues.forWidth(1, 48)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("norm.weight is [48], the model expects [7]")
          .hasMessageContaining("has no image_encoder.other [2, 2]")
          .hasMessageContaining("unexpected blocks.0.attn.qkv.weight")
          .satisfies(
              e ->
                  assertThat(e.getMessage().split("blocks.0.attn.qkv.weight \\[144, 48]", -1))
                      .as("named once, with its shape")
                      .hasSize(2))
          .hasMessageContaining("model.ignore");
    }
  }

  @Test
  void ignoredNamesMayDiffer() throws IOException {
    try (Pretrained tower = Pretrained.open(Golden.path("vit.timm.safetensors"), Part.IMAGE)) {
      PretrainedValues values =
          new PretrainedValues(
              List.of(tower),
              Map.of("image_encoder.other", new long[] {1}),
              GRID,
              name -> Wildcard.matches("image_*", name),
              (name, shape, initial) -> Values.of(5));
      assertThat(FirstValues.floats(values, "image_encoder.other", new long[] {1}, Initial.ONE))
          .containsExactly(5);
    }
  }

  @Test
  void positionsOfAnotherGridAreResampled() throws IOException {
    try (Pretrained tower = Pretrained.open(Golden.path("vit.timm.safetensors"), Part.IMAGE)) {
      String name = "image_encoder.embeddings.position_embeddings";
      PretrainedValues values =
          new PretrainedValues(
              List.of(tower),
              Map.of(name, new long[] {1, 36, 48}),
              new Grid(5, 7),
              other -> true,
              RandomValues.forWidth(1, 48));
      float[] actual = FirstValues.floats(values, name, new long[] {1, 36, 48}, Initial.ONE);
      float[] expected =
          PositionResampling.resample(tower.tensors().floats(name), 48, GRID, new Grid(5, 7));
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void aTextTowerIsNoImageTower() {
    assertThatThrownBy(() -> Pretrained.open(Golden.path("bert.hf.safetensors"), Part.IMAGE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its names are those of Hugging Face's BERT, not of an image tower");
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    Memory twice =
        new Memory(
            new LinkedHashMap<>(
                Map.of("vit.layernorm.bias", new float[1], "layernorm.bias", new float[1])),
            Map.of("vit.layernorm.bias", new long[] {1}, "layernorm.bias", new long[] {1}));
    assertThatThrownBy(() -> new RenamedTensors(twice, NameMap.HF_VIT, ""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("are both layernorm.bias");
    Memory odd =
        new Memory(
            Map.of("blocks.0.attn.qkv.bias", new float[4]),
            Map.of("blocks.0.attn.qkv.bias", new long[] {4}));
    assertThatThrownBy(() -> new RenamedTensors(odd, NameMap.TIMM, ""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be divided by 3");
    assertThat(Arrays.asList(NameMap.values()))
        .allSatisfy(map -> assertThat(map.label()).isNotBlank());
  }
}
