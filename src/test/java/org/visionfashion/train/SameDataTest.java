package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.loader.Batch;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.parquet.Parquets;
import org.visionfashion.data.source.Sources;
import org.visionfashion.data.tar.Tars;

/**
 * The same 500 examples, written in each format that is read, are the same data: fingerprint,
 * batches and loss curve are equal, bit for bit.
 */
class SameDataTest {

  private static final int EXAMPLES = 500;
  private static final int IN_FOLDER = 100;
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Sample> SAMPLES =
      IntStream.range(0, EXAMPLES).mapToObj(Sample::draw).toList();

  /** Writes the examples below a folder; returns what data.root is then. */
  @FunctionalInterface
  private interface Writer {
    Path write(Path folder) throws IOException;
  }

  /** How each format is written; a new one needs a line here. */
  private static final Map<String, Writer> FORMATS =
      Map.of(
          "csv", SameDataTest::csv,
          "jsonl, a list of captions", SameDataTest::jsonLines,
          "parquet, bytes and path", SameDataTest::parquetStructs,
          "parquet, bytes", SameDataTest::parquetBytes,
          "parquet, paths", SameDataTest::parquetPaths,
          "webdataset, tar shards", SameDataTest::shards,
          "webdataset, img2dataset's folders", SameDataTest::folders);

  @TempDir static Path folder;
  private static Dataset expected;
  private static List<String> expectedBatches;
  private static List<String> expectedCurve;

  /** What is known of a picture; some know less than others. */
  private record Sample(
      String id,
      byte[] picture,
      List<String> captions,
      String category,
      List<String> attributes,
      String item,
      String split) {

    static Sample draw(int i) {
      Random random = new Random(i);
      BufferedImage image = new BufferedImage(12, 20, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 240; pixel++) {
        image.setRGB(pixel % 12, pixel / 12, random.nextInt(1 << 24));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", bytes);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      List<String> captions = new ArrayList<>();
      for (int caption = 0; caption <= i % 3; caption++) {
        captions.add("a \"dress\", n\u00BA " + i + " seen from side " + caption);
      }
      return new Sample(
          "%05d/%09d.png".formatted(i / IN_FOLDER, i),
          bytes.toByteArray(),
          captions,
          i % 7 == 0 ? "" : List.of("dress", "jeans", "hat").get(i % 3),
          i % 5 == 0 ? List.of() : List.of("red", i % 2 == 0 ? "long" : "short"),
          "A" + i / 2,
          i % 10 == 8 ? "val" : i % 10 == 9 ? "test" : "train");
    }

    String beside(String ending) {
      return id.replace("png", ending);
    }

    byte[] fields() throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("category", category.isEmpty() ? null : category);
      fields.put("attributes", attributes);
      fields.put("item", item);
      fields.put("split", split);
      return JSON.writeValueAsBytes(fields);
    }
  }

  /** Files, and a table with a row for each caption. */
  private static Path csv(Path folder) throws IOException {
    StringBuilder table = new StringBuilder("image,caption,category,attributes,item,split\n");
    for (Sample sample : SAMPLES) {
      write(folder.resolve(sample.id()), sample.picture());
      for (String caption : sample.captions()) {
        table.append(
            "%s,\"%s\",%s,%s,%s,%s\n"
                .formatted(
                    sample.id(),
                    caption.replace("\"", "\"\""),
                    sample.category(),
                    String.join("|", sample.attributes()),
                    sample.item(),
                    sample.split()));
      }
    }
    return Files.writeString(folder.resolve("table.csv"), table);
  }

  /** Files, and an object a line with all captions of a picture. */
  private static Path jsonLines(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Sample sample : SAMPLES) {
      write(folder.resolve(sample.id()), sample.picture());
      ObjectNode line = (ObjectNode) JSON.readTree(sample.fields());
      line.put("image", sample.id()).set("caption", JSON.valueToTree(sample.captions()));
      lines.append(line).append('\n');
    }
    return Files.writeString(folder.resolve("table.jsonl"), lines);
  }

  /** Three shards, the long names of pax in one of them. */
  private static Path shards(Path folder) throws IOException {
    for (int shard = 0; shard < 3; shard++) {
      Tars tars = new Tars(shard == 1);
      for (int i = shard; i < EXAMPLES; i += 3) {
        Sample sample = SAMPLES.get(i);
        tars.add(sample.beside("json"), sample.fields())
            .add(sample.id(), sample.picture())
            .add(sample.beside("txt"), String.join("\n", sample.captions()));
      }
      tars.write(folder.resolve("%05d.tar".formatted(shard)));
    }
    return folder;
  }

  private static Path folders(Path folder) throws IOException {
    for (Sample sample : SAMPLES) {
      write(folder.resolve(sample.id()), sample.picture());
      write(folder.resolve(sample.beside("json")), sample.fields());
      write(
          folder.resolve(sample.beside("txt")),
          String.join("\n", sample.captions()).getBytes(StandardCharsets.UTF_8));
    }
    return folder;
  }

  private static final String PARQUET =
      " optional group caption (LIST) { repeated group list { optional binary element (STRING); } }"
          + " optional binary category (STRING); repeated binary attributes (STRING);"
          + " optional binary item (STRING); optional binary split (ENUM);";

  private static void fields(Sample sample, List<String> captions, Group row) {
    Group list = row.addGroup("caption");
    captions.forEach(caption -> list.addGroup("list").append("element", caption));
    if (!sample.category().isEmpty()) {
      row.append("category", sample.category());
    }
    sample.attributes().forEach(attribute -> row.append("attributes", attribute));
    row.append("item", sample.item()).append("split", sample.split());
  }

  /** As Hugging Face's datasets write: three files, each of several row groups and pages. */
  private static Path parquetStructs(Path folder) {
    for (int file = 0; file < 3; file++) {
      List<Consumer<Group>> rows = new ArrayList<>();
      for (int i = file; i < EXAMPLES; i += 3) {
        Sample sample = SAMPLES.get(i);
        rows.add(
            row -> {
              row.addGroup("image")
                  .append("bytes", Binary.fromConstantByteArray(sample.picture()))
                  .append("path", sample.id());
              fields(sample, sample.captions(), row);
            });
      }
      Parquets.write(
          folder.resolve("part-%d.parquet".formatted(file)),
          Parquets.PICTURES + PARQUET,
          rows,
          builder ->
              builder
                  .withCompressionCodec(CompressionCodecName.SNAPPY)
                  .withPageSize(3000)
                  .withMinRowCountForPageSizeCheck(1)
                  .withRowGroupSize(40_000L));
    }
    return folder;
  }

  /** A column of bytes and one of ids, and a row for each caption. */
  private static Path parquetBytes(Path folder) {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (Sample sample : SAMPLES) {
      for (String caption : sample.captions()) {
        rows.add(
            row -> {
              row.append("id", sample.id());
              row.append("png", Binary.fromConstantByteArray(sample.picture()));
              fields(sample, List.of(caption), row);
            });
      }
    }
    return Parquets.write(
        folder.resolve("all.parquet"),
        "optional binary id (STRING); optional binary png;" + PARQUET,
        rows,
        builder -> builder.withCompressionCodec(CompressionCodecName.ZSTD));
  }

  private static Path parquetPaths(Path folder) throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (Sample sample : SAMPLES) {
      write(folder.resolve(sample.id()), sample.picture());
      rows.add(
          row -> {
            row.append("image", sample.id());
            fields(sample, sample.captions(), row);
          });
    }
    return Parquets.write(
        folder.resolve("table.parquet"), "required binary image (STRING);" + PARQUET, rows);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static Dataset load(String format) throws IOException {
    Path root = FORMATS.get(format).write(Files.createDirectories(folder.resolve(format)));
    return Sources.open(Binder.of(DataConfig.class, "root=" + root)).load();
  }

  private static List<String> batches(Dataset data) {
    List<String> digests = new ArrayList<>();
    try (Loader loader =
        Loader.builder(
                data.split(Split.TRAIN),
                new TrainTransform(
                    16,
                    8,
                    new AugmentConfig(0.3, 0.75, 0.5, 0.4, 0.4, 0.4, 0.1),
                    Resampling.BICUBIC))
            .shuffled(32, true)
            .seed(5)
            .text(SameDataTest::tokens)
            .workers(2)
            .build()) {
      for (int epoch = 0; epoch < 2; epoch++) {
        for (Batch batch : loader.epoch(epoch, 0)) {
          digests.add(
              Arrays.hashCode(batch.pixels_BCHW())
                  + " "
                  + Arrays.toString(batch.ids_BL())
                  + Arrays.toString(batch.category_B())
                  + Arrays.toString(batch.attributes_BA()));
        }
      }
    }
    return digests;
  }

  /** One token a caption, a different one for each. */
  private static Tokens tokens(List<String> captions) {
    long[] ids = captions.stream().mapToLong(String::hashCode).toArray();
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    return new Tokens(1, ids, mask);
  }

  private static List<String> curve(Dataset data, String name) throws IOException {
    TinyRun run = new TinyRun(folder.resolve(name + " drawn"));
    run.examples = data.examples();
    run.scheme = data.scheme();
    run.epochs = 1;
    run.workers = 2;
    run.contrastive(folder.resolve(name + " run"));
    return TinyRun.metrics(folder.resolve(name + " run"), "contrastive");
  }

  @BeforeAll
  static void writeFirst() throws IOException {
    expected = load("csv");
    expectedBatches = batches(expected);
    expectedCurve = curve(expected, "csv");
  }

  @Test
  void theyAreAllThere() {
    assertThat(expected.examples()).hasSize(EXAMPLES);
    assertThat(expected.skipped()).isEmpty();
    assertThat(expected.split(Split.TRAIN)).hasSize(400);
    assertThat(expected.examples().get(2).captions()).isEqualTo(SAMPLES.get(2).captions());
    assertThat(expectedBatches).hasSize(24).doesNotHaveDuplicates();
    assertThat(expectedCurve).hasSizeGreaterThan(100);
  }

  static List<String> others() {
    return FORMATS.keySet().stream().filter(format -> !format.equals("csv")).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("others")
  void everyFormatTrainsTheSame(String format) throws IOException {
    Dataset data = load(format);
    assertThat(data.skipped()).isEmpty();
    assertThat(data.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(batches(data)).isEqualTo(expectedBatches);
    assertThat(curve(data, format)).isEqualTo(expectedCurve);
  }
}
