package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.source.Sources;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.TinyModel;

/** {@code eval} from outside, with real data and tiny models of random weights. */
class EvaluationTest {

  @TempDir private Path home;

  private String out;
  private String err;

  @BeforeEach
  void makeProject() {
    System.setProperty(ProjectFolder.PROPERTY, home.toString());
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  /** A table of rows after the picture's cell: caption, category, attributes, item, split. */
  private Path table(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("image,caption,category,attributes,item,split"));
    for (String row : rows) {
      String name = "p" + lines.size() + ".png";
      draw(home.resolve(name), lines.size());
      lines.add(name + "," + row);
    }
    return Files.write(home.resolve("table.csv"), lines);
  }

  private static void draw(Path file, int seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(12, 20, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 240; pixel++) {
      image.setRGB(pixel % 12, pixel / 12, random.nextInt(1 << 24));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private String[] shop() {
    String[] rows = new String[40];
    for (int n = 0; n < rows.length; n++) {
      rows[n] =
          "a %s dress number %d,%s,%s,item %d,%s"
              .formatted(
                  n % 3 == 0 ? "red" : "blue",
                  n / 2,
                  List.of("dress", "trousers", "hat").get(n % 3),
                  n % 2 == 0 ? "red|new" : "blue",
                  n / 4,
                  n < 16 ? "train" : "test");
    }
    return rows;
  }

  /** A run whose model has random weights that follow from the seed. */
  private void run(String name, Path table, long seed, String... sets) throws IOException {
    run(name, table, seed, TinyModel.wide(seed), sets);
  }

  private void run(String name, Path table, long seed, ParameterValues values, String... sets)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.name=" + name,
                "run.seed=" + seed,
                "data.source=csv",
                "data.root=" + table,
                "data.split=given",
                "eval.bootstrap=100",
                "eval.batch=7"));
    all.addAll(List.of(sets));
    Path empty = Files.writeString(home.resolve("empty.yaml"), "");
    Config config = ConfigLoader.load(empty, all);
    RunFolder run = RunFolders.ofProject().get(name);
    Files.createDirectories(run.path());
    run.writeConfig(config);
    run.writeStatus(RunStatus.fresh().withContrastiveDone(true).withFinetuneDone(true));
    Dataset dataset = Sources.open(config.data()).load();
    Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(TinyModel.CAPTIONS, 200), 9);
    ModelDescription usual = TinyModel.description(tokenizer.vocabSize(), "finetune");
    Architecture sizes = usual.architecture();
    Architecture architecture =
        new Architecture(
            sizes.image(),
            sizes.text(),
            sizes.embeddingSize(),
            dataset.scheme().categories().size(),
            dataset.scheme().attributeCount(),
            sizes.similarity());
    ModelDescription description =
        new ModelDescription(
            architecture,
            usual.mean(),
            usual.std(),
            usual.resampling(),
            usual.maxTokens(),
            Optional.of(dataset.scheme()),
            Map.of("stage", "finetune", "data", dataset.name() + " " + dataset.fingerprint()));
    try (Checkpoint checkpoint =
        new Checkpoint(
            new DualEncoder(architecture, TestDevice.get(), values), tokenizer, description)) {
      checkpoint.write(run.model(), description, "");
    }
  }

  private JsonNode json(String run) throws IOException {
    Path file = RunFolders.ofProject().get(run).eval().resolve("test.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  private static JsonNode score(JsonNode evaluation, String section, String name) {
    for (JsonNode each : evaluation.at("/sections")) {
      for (JsonNode score : each.at("/scores")) {
        if (each.at("/key").textValue().equals(section)
            && score.at("/name").textValue().equals(name)) {
          return score;
        }
      }
    }
    return MissingNode.getInstance();
  }

  private int eval(String... args) {
    Executed executed = Executed.run("eval", args);
    out = executed.out();
    err = executed.err();
    return executed.exit();
  }

  @Test
  void everythingIsJudgedAndWritten() throws IOException {
    run("a", table(shop()), 1);
    assertThat(eval("--run", "a", "--robustness")).as(() -> err).isZero();
    assertThat(out)
        .contains("Evaluation of the test split, 24 pictures")
        .contains("Image to image, same item", "Zero-shot category, 3 classes")
        .contains("Zero-shot attributes, 3 values")
        .contains("Degraded pictures: jpeg 30", "Degraded pictures: mirrored");
    JsonNode json = json("a");
    assertThat(json.at("/pictures/judged").intValue()).isEqualTo(24);
    assertThat(json.at("/details/slices/0/by").textValue()).isEqualTo("category");
    assertThat(score(json, "image_to_image", "recall@10").at("/count").intValue()).isEqualTo(24);
    assertThat(json.at("/details/zero_shot/prompts/0").textValue()).isEqualTo("a photo of a {}");
    assertThat(json.at("/robustness").size()).isEqualTo(5);
    for (JsonNode perturbed : json.at("/robustness")) {
      JsonNode drop = perturbed.at("/drops/0");
      assertThat(drop.at("/key").textValue()).isEqualTo("retrieval.image_to_text.recall@1");
      assertThat(drop.at("/value").doubleValue() + drop.at("/drop").doubleValue())
          .isEqualTo(score(json, "retrieval.image_to_text", "recall@1").at("/value").doubleValue());
      assertThat(drop.at("/ci95_drop").size()).isEqualTo(2);
    }
    assertThat(RunFolders.ofProject().get("a").eval())
        .isDirectoryContaining("glob:**test.html")
        .isDirectoryRecursivelyContaining("glob:**/test/figures/map.png")
        .isDirectoryContaining("glob:**test.resamples.safetensors");
  }

  /** Test pictures under other names in train: their scores are memory, and the report says so. */
  @Test
  void copiesOfTestPicturesInTrainingAreACaution() throws IOException {
    Path table = table(shop());
    for (int i = 1; i <= 3; i++) {
      Files.copy(
          home.resolve("p" + (20 + i) + ".png"),
          home.resolve("p" + i + ".png"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    run("a", table, 1);
    assertThat(eval("--run", "a")).as(() -> err).isZero();
    assertThat(json("a").at("/cautions").toString())
        .contains("3 of 24 pictures", "p21.png, p22.png, p23.png");
    assertThat(out).contains("3 of 24 pictures");
    run("b", table, 1, "eval.leakage=0");
    assertThat(eval("--run", "b")).as(() -> err).isZero();
    assertThat(json("b").at("/cautions").toString()).doesNotContain("p21.png");
  }

  @Test
  void runsAreComparedAndEvaluatedFirstWhereTheyAreNot() throws IOException {
    Path table = table(shop());
    run("a", table, 1);
    run("b", table, 2, "contrastive.epochs=99");
    run("b2", table, 3, "contrastive.epochs=99");
    assertThat(eval("--run", "a")).isZero();
    assertThat(eval("--compare", "a", "b", "b2", "--out", home.resolve("sweep").toString()))
        .as(() -> err)
        .isZero();
    assertThat(out)
        .startsWith(
            "Comparison on the test split\n  A  a; 24 pictures with 24 captions\n  B  b, b2 (2 seeds")
        .doesNotContain("DeepFashion")
        .contains("Report: " + home.resolve("sweep/test.comparison.html"));
    assertThat(home.resolve("sweep/test.comparison.html")).content().contains("b, b2", "2 seeds");
    JsonNode json =
        new ObjectMapper().readTree(home.resolve("sweep/test.comparison.json").toFile());
    JsonNode cell = json.at("/rows/0/cells/1");
    assertThat(cell.at("/seeds/0").doubleValue())
        .isEqualTo(
            score(json("b"), "retrieval.image_to_text", "recall@1").at("/value").doubleValue());
    assertThat(cell.at("/difference/interval").size()).isEqualTo(2);
    Files.delete(RunFolders.ofProject().get("b2").model().resolve("tokenizer.json"));
    assertThat(eval("--compare", "a", "b2")).as("evaluated before").isZero();
    assertThat(eval("--compare", "a", "b2", "--split", "train")).isEqualTo(2);
  }

  @Test
  void onePicture() throws IOException {
    run("one", table("a red dress,dress,red,i,train", "a hat,dress,red,j,test"), 1);
    assertThat(eval("--run", "one")).as(() -> err).isZero();
    assertThat(out)
        .contains("Evaluation of the test split, 1 picture with 1 caption\n")
        .contains("Only 1 pair ");
    JsonNode json = json("one");
    assertThat(score(json, "retrieval.image_to_text", "recall@1").at("/value").doubleValue())
        .isEqualTo(1);
    assertThat(score(json, "retrieval.image_to_text", "recall@10").at("/interval").isNull())
        .isTrue();
    assertThat(score(json, "image_to_image", "recall@1").isMissingNode()).isTrue();
    assertThat(score(json, "category", "top1").at("/value").doubleValue()).isEqualTo(1);
  }

  @Test
  void oneClass() throws IOException {
    run("one", table("a,dress,,i,train", "b,dress,,j,test", "c,dress,,k,test"), 1);
    assertThat(eval("--run", "one")).as(() -> err).isZero();
    JsonNode json = json("one");
    assertThat(score(json, "category", "top1").at("/value").doubleValue()).isEqualTo(1);
    assertThat(score(json, "category", "macro_f1").at("/value").doubleValue()).isEqualTo(1);
    assertThat(score(json, "category", "expected_calibration_error").at("/value").doubleValue())
        .isZero();
    assertThat(json.at("/details/attributes").isNull()).isTrue();
    assertThat(score(json, "zero_shot.attributes", "recall@1").isMissingNode()).isTrue();
  }

  @Test
  void neitherAttributesNorCategories() throws IOException {
    run("bare", table("a,,,i,train", "b,,,j,test", "c,,,j,test"), 1);
    assertThat(eval("--run", "bare")).as(() -> err).isZero();
    JsonNode json = json("bare");
    assertThat(json.at("/details/category").isNull()).isTrue();
    assertThat(json.at("/details/attributes").isNull()).isTrue();
    assertThat(json.at("/details/zero_shot").isNull()).isTrue();
    assertThat(json.at("/details/slices").isEmpty()).isTrue();
    assertThat(score(json, "image_to_image", "recall@10").at("/count").intValue()).isEqualTo(2);
  }

  @Test
  void noCaptions() throws IOException {
    run("mute", table(",dress,red,i,train", ",hat,new,j,test", ",dress,red,j,test"), 1);
    assertThat(eval("--run", "mute")).as(() -> err).isZero();
    JsonNode json = json("mute");
    assertThat(score(json, "retrieval.image_to_text", "recall@1").isMissingNode()).isTrue();
    assertThat(json.at("/details/category/per_class").size()).isEqualTo(2);
    assertThat(json.at("/details/zero_shot/category/per_class").size()).isEqualTo(2);
  }

  @Test
  void anEmptySplitIsOneLine() throws IOException {
    run("none", table("a,dress,red,i,train", "b,hat,red,j,train"), 1);
    assertThat(eval("--run", "none")).isEqualTo(2);
    assertThat(err).contains("the test split is empty", "--split all").hasLineCount(1);
  }

  @Test
  void aModelOfNaNIsOneLine() throws IOException {
    Path table = table(shop());
    ParameterValues usual = TinyModel.wide(1);
    run(
        "diverged",
        table,
        1,
        (name, shape, initial) ->
            tensor -> {
              usual.values(name, shape, initial).writeTo(tensor);
              if (name.startsWith("image_projection")) {
                tensor.asFloatBuffer().put(0, Float.NaN);
              }
            });
    assertThat(eval("--run", "diverged")).isEqualTo(1);
    assertThat(err)
        .isEqualTo("eval: failed: image embeddings: row 0 holds NaN; the model has diverged\n");
    assertThat(RunFolders.ofProject().get("diverged").eval()).doesNotExist();
  }

  @Test
  void noPromptsNoZeroShot() throws IOException {
    run("a", table(shop()), 1);
    assertThat(eval("--run", "a", "--set", "eval.zero_shot.prompts=[]")).as(() -> err).isZero();
    assertThat(json("a").at("/details/zero_shot").isNull()).isTrue();
    assertThat(eval("--run", "a", "--set", "eval.zero_shot.prompts=[a photo]")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "eval: --set: eval.zero_shot.prompts = [a photo] must be a list [a, b, ...] of"
                + " sentences that contain {}, the place of the class name\n");
  }

  /** Every file below a folder with its content's length, to see that nothing was written. */
  private static Map<String, Long> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(), file -> file.toFile().length()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"captions.json", "notes.txt", "images/other.png", ""})
  void nothingIsEverDrawnIntoAFolderThatAUserNamed(String content) throws IOException {
    run("a", table(shop()), 1);
    Path mine = Files.createDirectories(home.resolve("mine"));
    if (!content.isEmpty()) {
      Files.createDirectories(mine.resolve(content).getParent());
      Files.writeString(mine.resolve(content), "{}");
    }
    Map<String, Long> before = files(mine);
    assertThat(eval("--run", "a", "--data", mine.toString())).isEqualTo(2);
    assertThat(err).hasLineCount(1).contains(mine.toString());
    assertThat(files(mine)).isEqualTo(before);
    assertThat(RunFolders.ofProject().get("a").eval()).doesNotExist();
  }

  /** The model's own scores and its card stay; the other data set has files of its own. */
  @Test
  void anotherDataSetIsEvaluatedBesideTheOwn() throws IOException {
    Path own = table(shop());
    run("a", own, 1);
    RunFolder run = RunFolders.ofProject().get("a");
    assertThat(eval("--run", "a")).as(() -> err).isZero();
    Files.writeString(run.model().resolve("README.md"), "the card");
    byte[] before = Files.readAllBytes(run.eval().resolve("test.json"));
    Path other = Files.createDirectories(home.resolve("other"));
    for (String picture : home.toFile().list((folder, name) -> name.endsWith(".png"))) {
      Files.copy(home.resolve(picture), other.resolve(picture));
    }
    List<String> rows = new ArrayList<>(Files.readAllLines(own));
    rows.remove(rows.size() - 1);
    Path table = Files.write(other.resolve("stock.csv"), rows);
    for (Path data : List.of(table, other)) {
      assertThat(eval("--run", "a", "--data", data.toString())).as(() -> err).isZero();
      assertThat(out).endsWith("-test.html\n");
      Path page = Path.of(out.lines().toList().get((int) out.lines().count() - 1).substring(8));
      assertThat(page).exists().hasParent(run.eval());
      assertThat(Path.of(page.toString().replace(".html", ".json"))).exists();
    }
    assertThat(run.eval().resolve("test.json")).hasBinaryContent(before);
    assertThat(run.model().resolve("README.md")).hasContent("the card");
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Every picture, whatever its split; that the model was trained on some is said. */
  @Test
  void allOfTheOwnDataIsEvaluatedWithACaution() throws IOException {
    run("a", table(shop()), 1);
    assertThat(eval("--run", "a", "--split", "all")).as(() -> err).isZero();
    assertThat(out).contains("Evaluation of all examples, 40 pictures");
    Path folder = RunFolders.ofProject().get("a").eval();
    JsonNode json = json(folder.resolve("all.json"));
    assertThat(json.at("/split").textValue()).isEqualTo("all");
    assertThat(json.at("/pictures/judged").intValue()).isEqualTo(40);
    assertThat(json.at("/cautions").toString()).contains("trained on 16 of these 40 pictures");
    assertThat(folder.resolve("all.html")).content().contains("trained on 16 of these 40 pictures");
    assertThat(folder.resolve("test.json")).doesNotExist();
    assertThat(eval("--run", "a", "--split", "test")).as(() -> err).isZero();
    assertThat(json("a").at("/cautions").toString()).doesNotContain("trained on");
    assertThat(eval("--run", "a", "--split", "tset")).isEqualTo(2);
    assertThat(err).contains("train, validation, test or all");
  }

  /** Other data without splits of their own are judged as a whole, not the tenth of a hash. */
  @Test
  void otherDataAreEvaluatedAsAWholeUnlessTheyNameATest() throws IOException {
    Path own = table(shop());
    run("a", own, 1);
    List<String> rows = Files.readAllLines(own);
    rows.remove(rows.size() - 1);
    Path whole = home.resolve("whole.csv");
    Files.write(whole, rows.stream().map(row -> row.replaceAll(",\\w+$", "")).toList());
    Path folder = RunFolders.ofProject().get("a").eval();
    assertThat(eval("--run", "a", "--data", whole.toString())).as(() -> err).isZero();
    assertThat(out).contains("39 pictures with 39 captions");
    JsonNode json = json(folder.resolve("whole.csv-all.json"));
    assertThat(json.at("/pictures/judged").intValue()).isEqualTo(39);
    assertThat(json.at("/cautions").toString())
        .as("the model never saw them, as far as anybody knows")
        .doesNotContain("trained on", "training has seen");
    assertThat(json.at("/details/zero_shot/words/captions").intValue()).isZero();

    Path named = Files.write(home.resolve("named.csv"), rows);
    assertThat(eval("--run", "a", "--data", named.toString())).as(() -> err).isZero();
    assertThat(json(folder.resolve("named.csv-test.json")).at("/pictures/judged").intValue())
        .isEqualTo(23);
    assertThat(eval("--run", "a", "--data", whole.toString(), "--set", "data.split=random"))
        .as(() -> err)
        .isZero();
    assertThat(json(folder.resolve("whole.csv-test.json")).at("/pictures/judged").intValue())
        .as("whoever sets a rule wants its splits")
        .isEqualTo(5);
    assertThat(eval("--run", "a", "--data", own.toString())).as(() -> err).isZero();
    assertThat(json("a").at("/pictures/judged").intValue()).as("the run's own").isEqualTo(24);
  }

  /** Several captions a picture, from the table to the console and the page. */
  @Test
  void allCaptionsOfAPictureAreEvaluated() throws IOException {
    Path table = table(shop());
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    for (String line : List.copyOf(lines.subList(1, lines.size()))) {
      lines.add(line.replace(",a ", ",one "));
    }
    Files.write(table, lines);
    run("a", table, 1);
    assertThat(eval("--run", "a", "--robustness")).as(() -> err).isZero();
    assertThat(out).contains("24 pictures with 48 captions");
    JsonNode json = json("a");
    assertThat(json.at("/pictures/captions").intValue()).isEqualTo(48);
    JsonNode toText = score(json, "retrieval.image_to_text", "recall@1");
    assertThat(toText.at("/count").intValue()).isEqualTo(24);
    assertThat(toText.at("/baseline").doubleValue()).isCloseTo(2 / 48.0, within(1e-12));
    JsonNode toImage = score(json, "retrieval.text_to_image", "recall@1");
    assertThat(toImage.at("/count").intValue()).isEqualTo(48);
    assertThat(toImage.at("/baseline").doubleValue()).isCloseTo(1 / 24.0, within(1e-12));
    assertThat(json.at("/robustness/0/drops/0/ci95_drop").size()).isEqualTo(2);
    assertThat(RunFolders.ofProject().get("a").eval().resolve("test.html"))
        .content()
        .contains("24 pictures with 48 captions", "one red dress number", "rank 1 of 48");
  }

  @Test
  void theReportIsTheLastLineAndTheRunsDeviceCounts() throws IOException {
    run("a", table(shop()), 1);
    assertThat(eval("--run", "a")).isZero();
    Path page = RunFolders.ofProject().get("a").eval().resolve("test.html");
    assertThat(out).endsWith("Report: " + page + "\n");
    assertThat(page).exists();
    assertThat(eval("--run", "a", "--set", "run.devices=[gpu7]")).isEqualTo(2);
    assertThat(err).hasLineCount(1).contains("gpu7");
  }

  /** Cut off while a new model took the place of the old one: the old one counts. */
  @Test
  void theOldModelIsFoundWhereTheNewOneIsNotThere() throws IOException {
    run("a", table(shop()), 1);
    RunFolder run = RunFolders.ofProject().get("a");
    Files.move(run.model(), run.model().resolveSibling("model.old"));
    assertThat(eval("--run", "a")).as(() -> err).isZero();
    run("b", home.resolve("table.csv"), 2);
    Files.move(
        RunFolders.ofProject().get("b").model(),
        RunFolders.ofProject().get("b").model().resolveSibling("model.old"));
    assertThat(eval("--compare", "a", "b")).as(() -> err).isZero();
  }
}
