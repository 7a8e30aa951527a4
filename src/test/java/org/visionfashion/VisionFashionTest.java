package org.visionfashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.Config;
import org.visionfashion.config.EncodingPrecision;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.config.RunConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.TestPictures;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.TinyModel;

/** The door for a Java program. */
class VisionFashionTest {

  /** More than a batch of 32. */
  private static final int PICTURES = 35;

  @TempDir private static Path folder;

  private static List<Path> files;
  private static List<BufferedImage> images;
  private static Path model;
  private static VisionFashion door;

  @BeforeAll
  static void open() throws IOException {
    files = new ArrayList<>();
    images = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = TestPictures.drawing(20 + i % 5, 30 - i % 7, i);
      Path file = folder.resolve(i + ".png");
      Files.write(file, TestPictures.encode(image, "png"));
      files.add(file);
      images.add(image);
    }
    model = write("finetune");
    door = VisionFashion.open(model);
  }

  private static Path write(String stage) throws IOException {
    Path place = folder.resolve("model-" + stage);
    try (Checkpoint checkpoint = TinyModel.checkpoint(3, stage)) {
      checkpoint.write(place, checkpoint.description(), "");
    }
    return place;
  }

  @AfterAll
  static void close() {
    door.close();
  }

  /** What the evaluation makes of the same pictures. */
  private static EmbeddingTable table() throws IOException {
    byte[] unknown = new byte[TinyModel.SCHEME.attributeCount()];
    Arrays.fill(unknown, (byte) Example.UNKNOWN);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      String caption = TinyModel.CAPTIONS.get(i % 4);
      examples.add(new Example("" + i, files.get(i), caption, -1, unknown, "", Split.TEST));
    }
    try (Checkpoint checkpoint = Checkpoint.open(model, TestDevice.get())) {
      return new Embedder(checkpoint, 32, Config.DEFAULT.data()).table(examples);
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-5f));
  }

  /** Single precision unless another is named. */
  @Test
  void anotherTypeIsUsedWhereItIsNamed() throws IOException {
    List<Path> few = files.subList(0, 3);
    float[][] usual = door.encodeImages(few);
    try (VisionFashion rounded =
        VisionFashion.open(model, RunConfig.AUTO, LimitsConfig.DEFAULT, EncodingPrecision.BF16)) {
      float[][] rows = rounded.encodeImages(few);
      for (int i = 0; i < rows.length; i++) {
        assertThat(rows[i]).isNotEqualTo(usual[i]).containsExactly(usual[i], within(0.1f));
      }
    }
  }

  @Test
  void filesStreamsAndPicturesGiveTheRowsOfTheEvaluation() throws IOException {
    float[][] rows = door.encodeImages(files);
    float[][] expected = table().image_NE();
    assertThat(rows).hasDimensions(PICTURES, door.embeddingSize());
    for (int i = 0; i < PICTURES; i++) {
      assertThat(rows[i]).as("row " + i).isEqualTo(expected[i]);
      assertThat(norm(rows[i])).isCloseTo(1, within(1e-5));
    }
    assertThat(rows[0]).isNotEqualTo(rows[1]);
    for (int i = 0; i < 5; i++) {
      float[] ofImage = door.encodeImage(images.get(i));
      float[] ofStream =
          door.encodeImage(new ByteArrayInputStream(Files.readAllBytes(files.get(i))));
      assertThat(ofStream).isEqualTo(ofImage);
      assertThat(door.encodeImages(List.of(files.get(i)))[0]).isEqualTo(ofImage);
      assertClose(ofImage, rows[i]); // another batch size may round otherwise
    }
    assertThat(door.encodeImages(List.of())).isEmpty();
  }

  private static double norm(float[] row) {
    double squares = 0;
    for (float x : row) {
      squares += (double) x * x;
    }
    return Math.sqrt(squares);
  }

  @Test
  void textsGiveTheRowsOfTheEvaluation() throws IOException {
    float[][] expected = table().text_ME();
    List<String> texts =
        Stream.iterate(0, i -> i + 1)
            .limit(PICTURES)
            .map(i -> TinyModel.CAPTIONS.get(i % 4))
            .toList();
    float[][] rows = door.encodeTexts(texts);
    assertThat(rows).hasDimensions(PICTURES, door.embeddingSize());
    for (int i = 0; i < PICTURES; i++) {
      assertThat(rows[i]).isEqualTo(expected[i]);
      assertThat(norm(rows[i])).isCloseTo(1, within(1e-5));
    }
    assertThat(door.encodeTexts(List.of())).isEmpty();
  }

  @Test
  void textsAreNormalisedCutAndNeverEmpty() {
    float[] plain = door.encodeTexts(List.of("a red dress"))[0];
    assertThat(door.encodeTexts(List.of("  A\u00a0Red\tdress\n"))[0]).isEqualTo(plain);
    float[][] rows = door.encodeTexts(List.of("", "a red dress ".repeat(50), "\ud83d\udc57"));
    for (float[] row : rows) {
      assertThat(norm(row)).isCloseTo(1, within(1e-5));
    }
    // Padding next to a longer text changes nothing.
    assertClose(door.encodeTexts(List.of("a hat", "a red dress", "long red dress of"))[1], plain);
  }

  @Test
  void manyThreadsGetTheRowsThatOneGets() throws Exception {
    float[][] alone = door.encodeImages(files);
    float[][] texts = door.encodeTexts(TinyModel.CAPTIONS);
    List<Prediction> predictions = door.predict(files);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int what = i % 3;
      results.add(
          threads.submit(
              () -> {
                switch (what) {
                  case 0 -> assertThat(door.encodeImages(files)).isDeepEqualTo(alone);
                  case 1 -> assertThat(door.encodeTexts(TinyModel.CAPTIONS)).isDeepEqualTo(texts);
                  default -> assertThat(door.predict(files)).isEqualTo(predictions);
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> result : results) {
      result.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void predictionsAreSortedNamedAndAgreeWithTheEvaluation() throws IOException {
    EmbeddingTable table = table();
    List<Prediction> predictions = door.predict(files);
    assertThat(predictions).hasSize(PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      Prediction prediction = predictions.get(i);
      List<Prediction.Label> categories = prediction.categories();
      assertThat(categories)
          .extracting(Prediction.Label::name)
          .containsExactlyInAnyOrderElementsOf(TinyModel.SCHEME.categories());
      assertThat(categories.stream().mapToDouble(Prediction.Label::probability).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(prediction.category()).isSameAs(categories.get(0));
      assertSorted(categories);
      assertThat(prediction.attributes())
          .extracting(Prediction.Label::name)
          .containsExactlyInAnyOrderElementsOf(TinyModel.SCHEME.attributes())
          .contains("sleeve: NA", "red", "été: new");
      assertSorted(prediction.attributes());
      double total = 0;
      for (float logit : table.category_NC()[i]) {
        total += Math.exp(logit);
      }
      for (Prediction.Label label : categories) {
        int index = TinyModel.SCHEME.categories().indexOf(label.name());
        assertThat(label.probability())
            .isCloseTo(Math.exp(table.category_NC()[i][index]) / total, within(1e-6));
      }
      for (Prediction.Label label : prediction.attributes()) {
        int index = TinyModel.SCHEME.attributes().indexOf(label.name());
        double logit = table.attribute_NA()[i][index];
        assertThat(label.probability()).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
      }
    }
    assertThat(door.predict(images.get(0)).category().name())
        .isEqualTo(predictions.get(0).category().name());
    assertThat(door.labels()).isEqualTo(TinyModel.SCHEME);
  }

  private static void assertSorted(List<Prediction.Label> labels) {
    for (int i = 1; i < labels.size(); i++) {
      assertThat(labels.get(i).probability()).isLessThanOrEqualTo(labels.get(i - 1).probability());
    }
  }

  @Test
  void headsThatWereNeverTrainedPredictNothing() throws IOException {
    try (VisionFashion untrained = VisionFashion.open(write(ModelDescription.STAGE_ONE))) {
      assertThat(untrained.encodeImages(files.subList(0, 1))).hasDimensions(1, 6);
      for (ThrowingCallable predict :
          List.<ThrowingCallable>of(
              () -> untrained.predict(files), () -> untrained.predict(images.get(0)))) {
        assertThatThrownBy(predict)
            .isInstanceOf(UserError.class)
            .hasMessageContaining("heads are not trained");
      }
    }
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    Path missing = folder.resolve("missing.jpg");
    for (Path bad : List.of(broken, missing)) {
      assertThatThrownBy(() -> door.encodeImages(List.of(files.get(0), bad)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(bad.toString());
      assertThatThrownBy(() -> door.predict(List.of(bad)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(bad.toString());
    }
    assertThatThrownBy(() -> VisionFashion.open(missing))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing + " is not a model folder");
  }

  @Test
  void limitsAndDeviceAreTheCallers() throws IOException {
    LimitsConfig small =
        Binder.of(
            LimitsConfig.class,
            "pixels=100",
            "image_bytes=" + (1 << 20),
            "text_bytes=" + (1 << 20),
            "line=1000",
            "json_depth=10");
    byte[] file = Files.readAllBytes(files.get(0));
    try (VisionFashion strict = VisionFashion.open(model, "cpu", small)) {
      for (ThrowingCallable encode :
          List.<ThrowingCallable>of(
              () -> strict.encodeImages(files),
              () -> strict.predict(files),
              () -> strict.encodeImage(new ByteArrayInputStream(file)))) {
        assertThatThrownBy(encode).isInstanceOf(IOException.class).hasMessageContaining("pixels");
      }
    }
    LimitsConfig brief =
        Binder.of(
            LimitsConfig.class,
            "pixels=" + (1 << 20),
            "image_bytes=" + (file.length - 1),
            "text_bytes=" + (1 << 20),
            "line=1000",
            "json_depth=10");
    try (VisionFashion strict = VisionFashion.open(model, "cpu", brief)) {
      assertThatThrownBy(() -> strict.encodeImage(new ByteArrayInputStream(file)))
          .hasMessageContaining("data.limits.image_bytes");
      assertThatThrownBy(() -> strict.encodeImages(files.subList(0, 1)))
          .hasMessageContaining("data.limits.image_bytes");
    }
    LimitsConfig enough =
        Binder.of(
            LimitsConfig.class,
            "pixels=" + (1 << 20),
            "image_bytes=" + file.length,
            "text_bytes=" + (1 << 20),
            "line=1000",
            "json_depth=10");
    try (VisionFashion strict = VisionFashion.open(model, "cpu", enough)) {
      assertThat(strict.encodeImage(new ByteArrayInputStream(file)))
          .isEqualTo(door.encodeImage(images.get(0)));
    }
    assertThatThrownBy(() -> VisionFashion.open(model, "gpu7", LimitsConfig.DEFAULT))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gpu7");
    assertThatThrownBy(() -> VisionFashion.open(model, "tpu", LimitsConfig.DEFAULT))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tpu");
  }

  /** The example of docs/java.md, compiled and run; only its three paths are replaced. */
  @Test
  void theExampleOfTheDocsRuns() throws Exception {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/java.md")));
    assertThat(block.find()).isTrue();
    String example =
        block
            .group(1)
            .replace("\"checkpoints/demo/model\"", quoted(model))
            .replace("\"a.jpg\"", quoted(jpeg("a.jpg", 1)))
            .replace("\"b.jpg\"", quoted(jpeg("b.jpg", 2)));
    assertThat(example).doesNotContain("checkpoints/", "(\"a.jpg\"").endsWith("}\n");
    String result = "  return new Object[] {images, texts, cosine, predictions};\n}\n";
    String source =
        "import java.nio.file.Path;\nimport java.util.List;\nimport org.visionfashion.*;\n"
            + "public class Example {\npublic static Object[] run() throws Exception {\n"
            + example.substring(0, example.length() - 2)
            + result
            + "}\n}\n";
    Object[] values = (Object[]) compiled(source).getMethod("run").invoke(null);
    float[][] rows = (float[][]) values[0];
    float[][] texts = (float[][]) values[1];
    assertThat(rows).hasDimensions(2, 6);
    assertThat(texts).isDeepEqualTo(door.encodeTexts(List.of("a red dress", "blue jeans")));
    float cosine = 0;
    for (int i = 0; i < 6; i++) {
      cosine += rows[0][i] * texts[0][i];
    }
    assertThat(values[2]).isEqualTo(cosine);
    assertThat((List<?>) values[3]).hasSize(2);
  }

  private static Path jpeg(String name, int seed) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(TestPictures.drawing(40, 60, seed), "jpg", file.toFile());
    return file;
  }

  private static String quoted(Path path) {
    return "\"" + path.toString().replace("\\", "\\\\") + "\"";
  }

  private static Class<?> compiled(String source) throws Exception {
    Path file = Files.writeString(folder.resolve("Example.java"), source);
    URL classes = VisionFashion.class.getProtectionDomain().getCodeSource().getLocation();
    String classPath =
        Path.of(classes.toURI()) + File.pathSeparator + System.getProperty("java.class.path");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            folder.toString(),
            file.toString());
    assertThat(status).as(source).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, VisionFashionTest.class.getClassLoader())) {
      return loader.loadClass("Example");
    }
  }
}
