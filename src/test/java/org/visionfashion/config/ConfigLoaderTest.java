package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.Source;

class ConfigLoaderTest {

  @TempDir private Path folder;

  @Test
  void aPatternMustBeOne() {
    assertThatThrownBy(() -> load("data: {columns: {item_pattern: 'id_(\\d+'}}"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("x.yaml:1", "data.columns.item_pattern", "id_(\\d+");
  }

  @Test
  void keysThatAreLeftOutHaveTheirDefaults() throws IOException {
    Config config = load("run:\n  name: mine\n");
    assertThat(config.run())
        .isEqualTo(new RunConfig("mine", 1, Precision.FP32, List.of("auto"), 0, 0));
    assertThat(config.model()).isEqualTo(Config.DEFAULT.model());
    assertThat(config.contrastive()).isEqualTo(Config.DEFAULT.contrastive());
    assertThat(config.data().root())
        .isEqualTo(DataRoot.at(ProjectFolder.path().resolve("data/demo")));
  }

  @Test
  void anEmptyFileIsAllDefaults() throws IOException {
    assertThat(load("").model()).isEqualTo(Config.DEFAULT.model());
    assertThat(load("# nothing\n").eval()).isEqualTo(Config.DEFAULT.eval());
  }

  @Test
  void readsValuesAsTheyAreMeantNotAsYamlGuesses() throws IOException {
    Config config =
        load(
            """
            run: {name: 2024, seed: 010}
            contrastive:
              lr: 1e-3
              learnable_temperature: true
            data: {source: csv, root: /tmp/no, template: "{}: a picture"}
            model: {image_size: 224, image.patch_size: 32}
            """);
    assertThat(config.run().name()).isEqualTo("2024");
    assertThat(config.run().seed()).isEqualTo(10);
    assertThat(config.contrastive().optimizer().lr()).isEqualTo(0.001);
    assertThat(config.contrastive().objective().learnableTemperature()).isTrue();
    assertThat(config.data().source()).isEqualTo(Source.CSV);
    assertThat(config.data().template()).isEqualTo("{}: a picture");
    assertThat(config.model().imageHeight()).isEqualTo(224);
    assertThat(config.model().imageWidth()).isEqualTo(224);
    assertThat(config.model().image().patchSize()).isEqualTo(32);
  }

  @Test
  void overridesWinAndTheLaterOneWins() throws IOException {
    Config config =
        load(
            "model:\n  image_size: 224\n",
            "model.image_size=[96, 64]",
            "contrastive.epochs=3",
            "contrastive.epochs = 4");
    assertThat(config.model().imageSize()).containsExactly(96, 64);
    assertThat(config.contrastive().epochs()).isEqualTo(4);
  }

  @Test
  void tellsAllProblemsAtOnceWithKeyValueRangeAndNearestName() throws IOException {
    List<String> problems =
        problems(
            """
            run:
              name: ../up
              precision: fp8
            contrastive:
              epoch: 3
              lr: -1
              batch: 256.5
              learnable_temperature: yes
            model:
              mean: [0.5, 0.5]
              std: [1, 1, 0]
              image_size: []
            data:
              validaton: 0.1
              test:
            augment: {flip: 1}
            """,
            "eval.batch=0",
            "eval.boot");
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "x.yaml:2: run.name = ../up must be letters, digits, '.', '_' and '-', the first a"
                + " letter or digit, 100 at most",
            "x.yaml:3: run.precision = fp8 must be one of auto, fp32, tf32, bf16, fp16",
            "x.yaml:5: contrastive.epoch is unknown, did you mean contrastive.epochs?",
            "x.yaml:6: contrastive.lr = -1 must be a number, more than 0 and at most 10",
            "x.yaml:7: contrastive.batch = 256.5 must be a whole number from 2 to 1000000",
            "x.yaml:8: contrastive.learnable_temperature = yes must be true or false",
            "x.yaml:10: model.mean = [0.5, 0.5] must be 3 numbers [a, b, ...], each at least 0 and"
                + " at most 1",
            "x.yaml:11: model.std = [1, 1, 0] must be 3 numbers [a, b, ...], each more than 0 and"
                + " at most 1",
            "x.yaml:12: model.image_size = [] must be one whole number or [height, width], each"
                + " from 8 to 4096",
            "x.yaml:14: data.validaton is unknown, did you mean data.validation?",
            "x.yaml:15: data.test has no value, it must be a number, at least 0 and less than 1",
            "x.yaml:16: augment.flip is unknown, did you mean contrastive.augment.flip?",
            "--set: eval.batch = 0 must be a whole number from 1 to 1000000",
            "--set eval.boot: write --set section.key=value");
  }

  @Test
  void aLossBringsItsOwnTemperature() throws IOException {
    assertThat(load("").contrastive().objective()).isEqualTo(ObjectiveConfig.INFONCE);
    assertThat(load("", "contrastive.loss=sigmoid").contrastive().objective())
        .isEqualTo(ObjectiveConfig.SIGMOID);
    ObjectiveConfig other =
        load(
                "contrastive: {loss: sigmoid, temperature: 0.2, learnable_temperature: false}",
                "contrastive.multi_positive=true",
                "contrastive.label_smoothing=0.1")
            .contrastive()
            .objective();
    assertThat(other)
        .isEqualTo(
            Binder.of(
                ObjectiveConfig.class,
                "loss=sigmoid",
                "temperature=0.2",
                "learnable_temperature=false",
                "label_smoothing=0.1",
                "multi_positive=true"));
  }

  @Test
  void whatIsOfUseForNamedWeightsAloneNeedsThem() throws IOException {
    assertThat(load("", "contrastive.epochs=0", "model.init=somewhere").contrastive().epochs())
        .isZero();
    assertThat(problems("contrastive: {epochs: 0, average_with_start: true}"))
        .hasSize(2)
        .allMatch(line -> line.contains("contrastive.") && line.contains("model.init"));
  }

  @Test
  void mistakesAboutBatchesAndLosses() throws IOException {
    assertThat(
            problems(
                """
                contrastive:
                  micro_batch: -1
                  loss: siglip
                  label_smoothing: 1
                  multi_positives: true
                finetune:
                  microbatch: 8
                  micro_batch: few
                """))
        .containsExactlyInAnyOrder(
            "x.yaml:2: contrastive.micro_batch = -1 must be auto or a whole number from 0 (all at"
                + " once) to 1000000",
            "x.yaml:3: contrastive.loss = siglip must be one of infonce, sigmoid",
            "x.yaml:4: contrastive.label_smoothing = 1 must be a number, at least 0 and less than"
                + " 1",
            "x.yaml:5: contrastive.multi_positives is unknown, did you mean"
                + " contrastive.multi_positive?",
            "x.yaml:7: finetune.microbatch is unknown, did you mean finetune.micro_batch?",
            "x.yaml:8: finetune.micro_batch = few must be auto or a whole number from 0 (all at"
                + " once) to 1000000");
  }

  @Test
  void namesTheLinesOfDuplicates() throws IOException {
    assertThat(problems("run:\n  seed: 1\n  seed: 2\neval:\n  batch: 3\nrun:\n  seed: 4\n"))
        .containsExactly(
            "x.yaml:3: run.seed is given twice; first at x.yaml:2",
            "x.yaml:7: run.seed is given twice; first at x.yaml:2");
  }

  @Test
  void namesTheLineOfASyntaxError() throws IOException {
    assertThat(problems("run:\n  seed: 1\n name: [a\n"))
        .singleElement()
        .asString()
        .startsWith("x.yaml:3: no valid YAML: ");
  }

  @Test
  void rejectsWhatIsNoExperiment() throws IOException {
    assertThat(problems("- a\n- b\n"))
        .containsExactly("x.yaml:1: sections expected (run, data, model, ...)");
    assertThat(problems("run:\n  seed: 1\n---\nrun:\n  seed: 2\n"))
        .singleElement()
        .asString()
        .contains("a second document");
    assertThat(problems("run:\n  seed: &a 5\n  threads: *a\n"))
        .singleElement()
        .asString()
        .startsWith("x.yaml:3: run.threads: aliases");
    assertThat(problems("contrastive: 5\n"))
        .containsExactly(
            "x.yaml:1: contrastive is unknown: it is a section with keys of its own, such as"
                + " contrastive.epochs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-0.1", "1", "0x1p-1x", "", "a", "[0.1]"})
  void aShareIsANumberBelowOne(String value) throws IOException {
    assertThat(problems("", "data.test=" + value))
        .singleElement()
        .asString()
        .startsWith("--set: data.test");
  }

  @Test
  void checksValuesThatMustGoTogether() throws IOException {
    assertThat(
            problems(
                "",
                "data.validation=0.5",
                "data.test=0.5",
                "data.split=given",
                "model.image_size=[96, 60]",
                "model.image.heads=5",
                "model.text.hidden_size=100"))
        .containsExactly(
            "--set: data.validation = 0.5 and data.test = 0.5 must leave something for training:"
                + " sum below 1",
            "--set: data.split = given needs a table with a split column or split folders"
                + " (data.source: csv or folder); else item or random",
            "--set: model.image_size = [96, 60] must be a multiple of model.image.patch_size = 8",
            "model.image.hidden_size = 192 must be a multiple of model.image.heads = 5",
            "--set: model.text.hidden_size = 100 must be a multiple of model.text.heads = 3");
  }

  @Test
  void devices() throws IOException {
    assertThat(load("").run().devices()).containsExactly("auto");
    assertThat(load("run: {devices: all}").run().devices()).containsExactly("all");
    assertThat(load("run: {devices: [gpu1, gpu0]}").run().devices())
        .containsExactly("gpu1", "gpu0");
    assertThat(load("", "run.devices=[cpu, cpu]").run().devices()).containsExactly("cpu", "cpu");
    assertThat(problems("run: {devices: cuda}"))
        .containsExactly(
            "x.yaml:1: run.devices = cuda must be auto, all, cpu or a list of GPUs [gpu0, gpu1,"
                + " ...]");
    for (String wrong : List.of("[]", "[gpu0, gpu0]", "[all, gpu0]", "[cpu, gpu0]")) {
      assertThat(problems("", "run.devices=" + wrong))
          .containsExactly(
              "--set: run.devices = "
                  + wrong
                  + " must be auto, all or cpu alone, or GPUs, each of them once");
    }
  }

  @Test
  void aWrongValueDoesNotFailTheRulesBetweenKeysToo() throws IOException {
    assertThat(problems("", "model.image.heads=0", "model.image.hidden_size=193")).hasSize(1);
  }

  @Test
  void onlyTheDemoSetHasAUsualPlace() throws IOException {
    assertThat(problems("data:\n  source: folder\n"))
        .containsExactly(
            "x.yaml:2: data.source = folder needs data.root, the folder or table to read");
  }

  @Test
  void aMissingFileNamesItsNeighbour() throws IOException {
    Files.createFile(folder.resolve("demo.yaml"));
    UserError e =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.load(folder.resolve("dmo.yaml"), List.of()));
    assertThat(e)
        .hasMessage(folder.resolve("dmo.yaml") + ": no such file, did you mean demo.yaml?");
  }

  private Config load(String yaml, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ConfigLoader.load(file, List.of(sets));
  }

  private List<String> problems(String yaml, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    UserError e =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of(sets)));
    assertThat(e).as("no problem found in: %s %s", yaml, List.of(sets)).isNotNull();
    String path = folder + file.getFileSystem().getSeparator();
    return e.problems().stream().map(problem -> problem.replace(path, "")).toList();
  }

  @Test
  void keysOfOtherNamesBeforeStillWork() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("old.yaml"),
            "data:\n  root: x\n  csv:\n    caption: words\n    item: ''\n");
    Config config = ConfigLoader.load(file, List.of("data.csv.item=sku"));
    assertThat(config.data().columns().caption()).containsExactly("words");
    assertThat(config.data().columns().item()).isEqualTo("sku");
    assertThat(ConfigLoader.load(file, List.of("data.csv.caption=")).data().columns().caption())
        .isEmpty();
  }
}
