package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.OptimizerConfig.ScheduleKind;

/** The files in {@code configs/}. */
class ExperimentsTest {

  private static final Path CONFIGS = Path.of("configs");

  @TempDir private Path folder;

  static List<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files.filter(file -> !isSweep(file)).sorted().toList();
    }
  }

  static List<Path> sweeps() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files.filter(ExperimentsTest::isSweep).toList();
    }
  }

  private static boolean isSweep(Path file) {
    return file.getFileName().toString().startsWith("sweep-");
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void eachSweepLoads(Path file) throws IOException {
    assertThat(SweepLoader.load(file).variants()).hasSizeGreaterThan(1);
    assertThat(Files.readString(file))
        .contains("#   Command   ./train sweep configs/" + file.getFileName())
        .contains("#   Hardware  ")
        .contains("#   Expected  ");
  }

  @Test
  void theNamedOnesAreThere() throws IOException {
    assertThat(experiments())
        .extracting(file -> file.getFileName().toString())
        .contains("demo.yaml", "demo-long.yaml", "card-b32.yaml", "paper-b16.yaml");
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void eachLoadsAndComesBack(Path file) throws IOException {
    Config config = ConfigLoader.load(file, List.of());
    assertThat(config.run().name() + ".yaml").isEqualTo(file.getFileName().toString());
    Path written = folder.resolve("config.yaml");
    AtomicFiles.write(written, config.toYaml());
    assertThat(ConfigLoader.load(written, List.of())).isEqualTo(config);
    assertThat(folder).isDirectoryContaining(path -> path.equals(written));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void eachSaysCommandHardwareAndExpectation(Path file) throws IOException {
    String header = Files.readString(file).split("\n\n", 2)[0];
    boolean usual = file.getFileName().toString().equals("demo.yaml");
    assertThat(header)
        .contains(usual ? "./train all" : "./train all --config configs/" + file.getFileName())
        .contains("#   Hardware  ")
        .contains("#   Expected  ");
  }

  @Test
  void cardIsTheModelCardsRecipe() {
    Config card = ConfigLoader.load(CONFIGS.resolve("card-b32.yaml"), List.of());
    assertThat(card.model().image().patchSize()).isEqualTo(32);
    assertThat(card.model().embeddingSize()).isEqualTo(512);
    assertThat(card.model().text().maxTokens()).isEqualTo(40);
    assertThat(card.contrastive().epochs()).isEqualTo(20);
    assertThat(card.contrastive().batch()).isEqualTo(512);
    assertThat(card.contrastive().objective().temperature()).isEqualTo(0.07);
    assertThat(card.contrastive().optimizer().weightDecay()).isEqualTo(0.01);
    assertThat(card.contrastive().optimizer().schedule()).isEqualTo(ScheduleKind.COSINE);
    assertThat(card.finetune().epochs()).isEqualTo(10);
    assertThat(card.finetune().batch()).isEqualTo(256);
    assertThat(card.run().precision()).isEqualTo(Precision.FP16);
    assertThat(card.data().labels()).isEqualTo(DataConfig.Scheme.CARD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"finetune-clip", "finetune-siglip", "heads-on-clip", "adapt-small"})
  void recipesBeginWithPublishedWeights(String name) {
    Config recipe = ConfigLoader.load(CONFIGS.resolve(name + ".yaml"), List.of());
    assertThat(recipe.model().init().whole()).startsWith("hf:");
    boolean heads = name.startsWith("heads");
    assertThat(recipe.contrastive().epochs() == 0).isEqualTo(heads);
    assertThat(recipe.contrastive().averageWithStart()).isEqualTo(!heads);
    assertThat(recipe.contrastive().objective().loss() == ObjectiveConfig.Loss.SIGMOID)
        .isEqualTo(name.endsWith("siglip"));
  }

  @Test
  void marqosPublicationIsNamed() {
    DataConfig data =
        ConfigLoader.load(CONFIGS.resolve("marqo-deepfashion.yaml"), List.of()).data();
    assertThat(data.root().isOnHub()).isTrue();
    assertThat(data.root()).hasToString("hf:datasets/Marqo/deepfashion-multimodal");
    assertThat(data.columns())
        .isEqualTo(
            Binder.of(
                DataConfig.TableColumns.class,
                "image=image",
                "id=item_ID",
                "caption=[text]",
                "category=category2",
                "item=item_ID",
                "item_pattern=id_(\\d+)"));
    Matcher product =
        Pattern.compile(data.columns().itemPattern())
            .matcher("WOMEN-Graphic_Tees-id_00001687-02_2_side");
    assertThat(product.find()).isTrue();
    assertThat(product.group(1)).isEqualTo("00001687");
  }

  @Test
  void paperIsThePapersRecipe() {
    Config paper = ConfigLoader.load(CONFIGS.resolve("paper-b16.yaml"), List.of());
    assertThat(paper.model().image().patchSize()).isEqualTo(16);
    assertThat(paper.model().image().pooling()).isEqualTo(Pooling.POOLER);
    assertThat(paper.model().text().pooling()).isEqualTo(Pooling.POOLER);
    assertThat(paper.contrastive().objective().learnableTemperature()).isTrue();
    assertThat(paper.contrastive().batch()).isEqualTo(150);
    assertThat(paper.contrastive().optimizer())
        .isEqualTo(
            Binder.of(
                OptimizerConfig.class,
                "lr=1e-5",
                "weight_decay=1e-4",
                "schedule=plateau",
                "warmup=0"));
    assertThat(paper.finetune().encoders()).isEqualTo(FinetuneConfig.Encoders.FROZEN);
    assertThat(paper.finetune().optimizer().lr()).isEqualTo(5e-5);
    assertThat(paper.finetune().patience()).isEqualTo(2);
    assertThat(paper.data().split()).isEqualTo(DataConfig.SplitRule.RANDOM);
    assertThat(paper.data().labels()).isEqualTo(DataConfig.Scheme.PAPER);
  }
}
