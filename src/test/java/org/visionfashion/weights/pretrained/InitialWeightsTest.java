package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Architecture.Similarity;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.checkpoint.TinyModel;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;

/** A new model takes over what published weights hold. */
class InitialWeightsTest {

  private static final int PATCH = 4;
  private static final int WIDTH = 8;
  private static final String POSITIONS = "image_encoder.embeddings.position_embeddings";
  private static final WordPieceVocabulary WORDS =
      WordPieceVocabulary.build(TinyModel.CAPTIONS, 200);

  @TempDir private Path temporary;

  /** A tiny model for pictures of so many patches. */
  private static Architecture architecture(int rows, int columns) {
    return architecture(rows, columns, 2, 3, Activation.GELU);
  }

  private static Architecture architecture(
      int rows, int columns, int imageHeads, int textHeads, Activation activation) {
    return new Architecture(
        new Architecture.ImageTower(
            new PatchGrid(PATCH * rows, PATCH * columns, PATCH),
            1,
            new Sizes(WIDTH, imageHeads, 16, activation, 1e-6, 0),
            new Architecture.Stem(true, true, false),
            Pooling.CLS,
            Architecture.Projection.LINEAR),
        new Architecture.TextTower(
            Vocabulary.fresh(WORDS.size(), 10),
            1,
            new Sizes(12, textHeads, 16, Activation.GELU, 1e-12, 0),
            Pooling.CLS),
        6,
        0,
        0,
        Similarity.USUAL);
  }

  private static ModelDescription description(Architecture architecture) {
    return new ModelDescription(
        architecture,
        List.of(0.5, 0.5, 0.5),
        List.of(0.5, 0.5, 0.5),
        Resampling.BICUBIC,
        10,
        Optional.empty(),
        Map.of());
  }

  /** A model folder with random weights. */
  private Path written(Architecture architecture) throws IOException {
    Path folder = temporary.resolve("source");
    ModelDescription description = description(architecture);
    try (DualEncoder model = new DualEncoder(architecture, Device.cpu(), TinyModel.wide(1))) {
      String tokenizer = new String(WORDS.json(), StandardCharsets.UTF_8);
      ModelFolder.write(folder, description, model.parameters(), tokenizer, "");
    }
    return folder;
  }

  private static float[] positions(Path weights) throws IOException {
    try (Tensors tensors = WeightsFiles.open(weights)) {
      return tensors.floats(POSITIONS);
    }
  }

  /** The positions of a model that starts from a whole one. */
  private static float[] started(Path weights, Architecture architecture) throws IOException {
    InitConfig init =
        new InitConfig(weights.toString(), InitConfig.RANDOM, InitConfig.RANDOM, List.of());
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      ParameterValues values =
          start.values(description(architecture), RandomValues.forWidth(2, WIDTH));
      try (DualEncoder model = new DualEncoder(architecture, Device.cpu(), values)) {
        return model.parameters().get(POSITIONS).toFloatArray();
      }
    }
  }

  /** 16 patches may lie in three ways: as many positions are not yet the same ones. */
  @ParameterizedTest
  @CsvSource({"2,8, 4,4", "4,4, 2,8", "8,2, 2,8", "4,2, 4,4", "2,3, 3,2"})
  void positionsOfAnotherGridAreResampledFromTheFoldersOwn(
      int rows, int columns, int newRows, int newColumns) throws IOException {
    Path source = written(architecture(rows, columns));
    float[] before = positions(source);
    float[] expected =
        PositionResampling.resample(
            before, WIDTH, new Grid(rows, columns), new Grid(newRows, newColumns));
    assertThat(expected).isNotEqualTo(before);
    assertThat(started(source, architecture(newRows, newColumns))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2,8", "4,4", "4,2"})
  void positionsOfTheSameGridStay(int rows, int columns) throws IOException {
    Path source = written(architecture(rows, columns));
    assertThat(started(source, architecture(rows, columns))).isEqualTo(positions(source));
    assertThat(started(source.resolve("model.safetensors"), architecture(rows, columns)))
        .isEqualTo(positions(source));
  }

  @Test
  void withoutAConfigPatchesFormASquareWhereTheyCan() throws IOException {
    Path source = written(architecture(4, 4));
    Files.delete(source.resolve("config.json"));
    assertThat(started(source, architecture(2, 8)))
        .isEqualTo(
            PositionResampling.resample(positions(source), WIDTH, new Grid(4, 4), new Grid(2, 8)));
    Files.move(source, temporary.resolve("other"));
    Path oblong = written(architecture(4, 2));
    Files.delete(oblong.resolve("config.json"));
    assertThat(started(oblong, architecture(4, 2))).isEqualTo(positions(oblong));
  }

  /** The reference's text tower as sentence-transformers would have it. */
  private Path sentences(String pooling) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("sentences"));
    Files.createDirectories(folder.resolve("1_Pooling"));
    Files.writeString(
        folder.resolve("modules.json"),
        """
        [{"path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
         {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
         {"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]\
        """);
    Files.writeString(
        folder.resolve("1_Pooling/config.json"), "{\"pooling_mode\": \"" + pooling + "\"}");
    Path bert = Files.createDirectories(folder.resolve("0_Transformer"));
    Files.copy(Golden.path("bert.hf.safetensors"), bert.resolve("model.safetensors"));
    Files.writeString(
        bert.resolve("config.json"),
        """
        {"model_type": "bert", "vocab_size": 199, "hidden_size": 40, "num_hidden_layers": 3,
         "num_attention_heads": 4, "intermediate_size": 160, "max_position_embeddings": 64,
         "type_vocab_size": 2}\
        """);
    return folder;
  }

  private static void agree(String text, List<String> ignored, Architecture model)
      throws IOException {
    InitConfig init = new InitConfig(InitConfig.RANDOM, InitConfig.RANDOM, text, ignored);
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      assertThat(start.vocabulary().orElseThrow().tokens()).isEqualTo(199);
      start.requireAgreement(description(model));
    }
  }

  @Test
  void sentencesArePooledAsTheyWereOrTheConfigurationIsToldSo() throws IOException {
    String text = sentences("mean").toString();
    Architecture golden = Golden.architecture();
    agree(text, List.of(), golden.withPooling(Pooling.CLS, Pooling.MEAN));
    agree(text, List.of("1_Pooling/*"), golden);
    assertThatThrownBy(() -> agree(text, List.of("*.pooler.*"), golden))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mean")
        .hasMessageContaining("model.text.pooling is cls");
  }

  @Test
  void headsAndActivationThatNoShapeShows() throws IOException {
    Path source = written(architecture(4, 4));
    InitConfig init =
        new InitConfig(source.toString(), InitConfig.RANDOM, InitConfig.RANDOM, List.of("*"));
    Architecture other = architecture(4, 4, 4, 6, Activation.QUICK_GELU);
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      start.requireAgreement(description(architecture(2, 8)));
      assertThatThrownBy(() -> start.requireAgreement(description(other)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(source.resolve("config.json").toString())
          .hasMessageContaining("heads 2, model.image.heads is 4")
          .hasMessageContaining("activation gelu, model.image.activation is quick_gelu")
          .hasMessageContaining("heads 3, model.text.heads is 6");
    }
  }

  private record Copy(long[] shape, float[] values) implements SafetensorsWriter.Tensor {}

  /** Tensors of a file under other names; those without one are left out. */
  private static Map<String, SafetensorsWriter.Tensor> copies(
      String golden, Function<String, Optional<String>> name) throws IOException {
    Map<String, SafetensorsWriter.Tensor> copies = new TreeMap<>();
    try (SafetensorsFile file = Golden.open(golden)) {
      for (String old : file.names()) {
        if (name.apply(old).isPresent()) {
          copies.put(name.apply(old).get(), new Copy(file.info(old).shape(), file.floats(old)));
        }
      }
    }
    return copies;
  }

  private static Optional<String> below(String prefix, String name, String other) {
    return name.startsWith(prefix)
        ? Optional.of(other + name.substring(prefix.length()))
        : Optional.empty();
  }

  private Path file(Map<String, SafetensorsWriter.Tensor> tensors) throws IOException {
    Path file = temporary.resolve("tower.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of());
    return file;
  }

  /** A model of the reference's sizes that starts from somewhere; the caller closes it. */
  private static DualEncoder begun(InitConfig init, Pooling image, Pooling text)
      throws IOException {
    Architecture architecture = Golden.architecture().withPooling(image, text);
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      return new DualEncoder(
          architecture,
          Device.cpu(),
          start.values(description(architecture), RandomValues.forWidth(2, WIDTH)));
    }
  }

  private static void assertTaken(DualEncoder model, String name, float[] expected) {
    assertThat(model.parameters().get(name).toFloatArray()).as(name).isEqualTo(expected);
  }

  @Test
  void theNotebooksCheckpointIsAWholeModel() throws IOException {
    Path checkpoint = Golden.path("state_dict.pth");
    InitConfig init =
        new InitConfig(checkpoint.toString(), InitConfig.RANDOM, InitConfig.RANDOM, List.of());
    try (DualEncoder model = begun(init, Pooling.POOLER, Pooling.POOLER);
        Tensors file = WeightsFiles.open(checkpoint)) {
      assertThat(model.parameters().keySet()).containsExactlyInAnyOrderElementsOf(file.names());
      for (String name : file.names()) {
        if (!name.equals("logit_scale")) { // the configuration's
          assertTaken(model, name, file.floats(name));
        }
      }
    }
    try (InitialWeights start = InitialWeights.open(init, Path::of)) {
      assertThatThrownBy(() -> start.tokenizer(12))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("has no tokenizer.json");
    }
  }

  @Test
  void aViTWithItsPoolerAndAClassifier() throws IOException {
    Map<String, SafetensorsWriter.Tensor> vit =
        copies("model.safetensors", name -> below("image_encoder.", name, "vit."));
    vit.putAll(
        copies(
            "image_pooler.safetensors",
            name -> below("image_encoder.pooler.", name, "vit.pooler.")));
    vit.put("classifier.weight", new Copy(new long[] {2}, new float[2]));
    InitConfig init =
        new InitConfig(InitConfig.RANDOM, file(vit).toString(), InitConfig.RANDOM, List.of());
    try (DualEncoder model = begun(init, Pooling.POOLER, Pooling.CLS);
        SafetensorsFile pooler = Golden.open("image_pooler.safetensors");
        SafetensorsFile whole = Golden.open("model.safetensors")) {
      String weight = "image_encoder.pooler.dense.weight";
      assertTaken(model, weight, pooler.floats(weight));
      assertTaken(model, POSITIONS, whole.floats(POSITIONS));
    }
    begun(init, Pooling.MEAN, Pooling.CLS).close(); // a pooler that is not used is no misfit
  }

  @Test
  void aBertWithoutAPoolerWhereNoneIsWantedOrItIsExcused() throws IOException {
    Path bert =
        file(
            copies(
                "bert.hf.safetensors",
                name -> Optional.of("bert." + name).filter(other -> !other.contains("pooler"))));
    Files.copy(Golden.path("config.json"), temporary.resolve("config.json"));
    InitConfig plain =
        new InitConfig(InitConfig.RANDOM, InitConfig.RANDOM, bert.toString(), List.of());
    begun(plain, Pooling.CLS, Pooling.CLS).close();
    assertThatThrownBy(() -> begun(plain, Pooling.CLS, Pooling.POOLER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(bert + " has no text_encoder.pooler.dense.weight [40, 40]")
        .hasMessageContaining(bert + " has no text_encoder.pooler.dense.bias [40]");
    InitConfig excused =
        new InitConfig(
            InitConfig.RANDOM, InitConfig.RANDOM, bert.toString(), List.of("*.pooler.*"));
    begun(excused, Pooling.CLS, Pooling.POOLER).close();
  }

  /** What goes before: a tower's own file, then the whole model, then random weights. */
  @Test
  void aTowersFileGoesBeforeTheWholeModel() throws IOException {
    Map<String, SafetensorsWriter.Tensor> bert = copies("bert.hf.safetensors", Optional::of);
    String norm = "embeddings.LayerNorm.weight";
    float[] sevens = new float[40];
    Arrays.fill(sevens, 7);
    bert.put(norm, new Copy(new long[] {40}, sevens));
    InitConfig init =
        new InitConfig(
            Golden.path("").toString(), InitConfig.RANDOM, file(bert).toString(), List.of());
    try (DualEncoder model = begun(init, Pooling.CLS, Pooling.CLS);
        SafetensorsFile whole = Golden.open("model.safetensors")) {
      assertTaken(model, "text_encoder." + norm, sevens);
      assertTaken(model, POSITIONS, whole.floats(POSITIONS));
      assertTaken(model, "category_head.bias", whole.floats("category_head.bias"));
    }
  }
}
