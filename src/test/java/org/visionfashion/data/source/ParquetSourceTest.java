package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataConfig.TableColumns;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.parquet.Parquets;

class ParquetSourceTest {

  private static final Path OTHERS = Path.of("src/test/resources/parquet");

  /** Checksums of the five pictures in each of the files of other programs. */
  private static final List<Long> PICTURES =
      List.of(1381753582L, 1367606133L, 2142354720L, 2241623067L, 2700767751L);

  @TempDir Path folder;

  private static Dataset load(Path root, String... columns) {
    return load(root, SplitRule.RANDOM, columns);
  }

  private static Dataset load(Path root, SplitRule rule, String... columns) {
    TableColumns named = Binder.of(TableColumns.class, columns);
    DataConfig config = DataConfigs.parquet(root, rule, named);
    return Sources.open(config).load();
  }

  private static List<Long> checksums(Dataset dataset) throws IOException {
    List<Long> checksums = new ArrayList<>();
    for (Example example : dataset.examples()) {
      byte[] bytes = example.picture().read(LimitsConfig.DEFAULT);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      checksums.add(crc.getValue());
      assertThat(ImageDecoder.decode(example.picture(), LimitsConfig.DEFAULT).width()).isEqualTo(6);
    }
    return checksums;
  }

  private static <T> List<T> each(Dataset dataset, Function<Example, T> part) {
    return dataset.examples().stream().map(part).toList();
  }

  private static String category(Dataset dataset, Example example) {
    return example.category() < 0 ? "" : dataset.scheme().categories().get(example.category());
  }

  private static List<String> attributes(Dataset dataset, Example example) {
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < example.attributes().length; i++) {
      if (example.attributes()[i] == 1) {
        attributes.add(dataset.scheme().attributes().get(i));
      }
    }
    return attributes;
  }

  @Test
  void huggingFaceDatasets() throws IOException {
    Dataset dataset =
        load(
            OTHERS.resolve("datasets.parquet"),
            "caption=captions",
            "category=label",
            "item=item_ID");
    assertThat(checksums(dataset)).isEqualTo(PICTURES);
    assertThat(each(dataset, Example::id)).startsWith("pictures/0.png", "pictures/1.png");
    assertThat(each(dataset, Example::captions))
        .containsExactly(
            List.of("a red dress", "a dress"),
            List.of("blue jeans"),
            List.of(),
            List.of("a bag"),
            List.of("Ü: ein Hemd"));
    assertThat(each(dataset, example -> category(dataset, example)))
        .containsExactly("dress", "jeans", "", "bag", "dress");
    assertThat(each(dataset, Example::item)).containsExactly("7", "7", "8", "9", "10");
    assertThat(dataset.itemsKnown()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow.parquet", "pyarrow-lz4.parquet"})
  void pyarrow(String name) throws IOException {
    Dataset dataset = load(OTHERS.resolve(name), "caption=text", "attributes=tags", "item=price");
    assertThat(checksums(dataset)).isEqualTo(PICTURES);
    assertThat(each(dataset, Example::id)).containsExactly("11", "12", "13", "14", "15");
    assertThat(each(dataset, Example::caption)).startsWith("a red dress", "blue jeans", "");
    assertThat(each(dataset, example -> attributes(dataset, example)))
        .containsExactly(
            List.of("cotton", "red"), List.of("blue"), List.of(), List.of(), List.of("white"));
    assertThat(each(dataset, Example::item)).containsExactly("19.90", "12", "5.00", "7.25", "15");
    Dataset dated = load(OTHERS.resolve(name), "caption=seen", "category=day");
    assertThat(dated.scheme().categories()).containsExactly("2026-11-29");
    assertThat(dated.examples().get(0).caption()).startsWith("2026-11-29T12:30:00");
  }

  @Test
  void duckDb() throws IOException {
    Dataset dataset = load(OTHERS.resolve("duckdb.parquet"));
    assertThat(checksums(dataset)).isEqualTo(PICTURES);
    assertThat(each(dataset, Example::caption)).startsWith("a red dress", "blue jeans", "");
    assertThat(each(dataset, example -> category(dataset, example)))
        .containsExactly("dress", "", "dress", "", "dress");
    assertThat(attributes(dataset, dataset.examples().get(3))).containsExactly("a", "tag 3");
  }

  @Test
  void polars() throws IOException {
    Dataset dataset = load(OTHERS.resolve("polars.parquet"));
    assertThat(checksums(dataset)).isEqualTo(PICTURES);
    assertThat(each(dataset, Example::id)).contains("pictures/4.png");
    assertThat(attributes(dataset, dataset.examples().get(3))).containsExactly("blue", "red");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pandas.parquet", "fastparquet.parquet"})
  void pandas(String name) throws IOException {
    Path file = Files.copy(OTHERS.resolve(name), folder.resolve(name));
    Dataset pictures = load(OTHERS.resolve("polars.parquet"));
    Files.createDirectories(folder.resolve("pictures"));
    for (Example example : pictures.examples()) {
      Files.write(folder.resolve(example.id()), example.picture().read(LimitsConfig.DEFAULT));
    }
    Dataset dataset = load(file, "id=id");
    assertThat(each(dataset, Example::id)).containsExactly("1", "2", "4", "5", "pictures/2.png");
    assertThat(checksums(dataset)).containsExactlyInAnyOrderElementsOf(PICTURES);
    if (name.startsWith("pandas")) {
      assertThat(dataset.scheme().categories()).containsExactly("bag", "dress", "jeans");
    }
  }

  @Test
  void img2dataset() throws IOException {
    Dataset dataset = load(OTHERS.resolve("img2dataset.parquet"), "id=key");
    assertThat(checksums(dataset))
        .containsExactly(PICTURES.get(0), PICTURES.get(2), PICTURES.get(4));
    assertThat(each(dataset, Example::id)).containsExactly("000000000", "000000002", "000000004");
    List<Problem> missing =
        dataset.problems().stream().filter(problem -> problem.line() == 2).toList();
    assertThat(missing).hasSize(1);
    assertThat(missing.get(0).fault()).isFalse();
    assertThat(missing.get(0).message()).contains("2 of 5", "failed_to_download");
    assertThat(dataset.skipped()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> load(OTHERS.resolve("pyarrow-brotli.parquet")))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("pyarrow-brotli.parquet", "row group 1", "brotli", "zstd");
    assertThatThrownBy(() -> load(OTHERS.resolve("pyarrow-encrypted.parquet")))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("pyarrow-encrypted.parquet", "image", "encrypted");
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(folder.toString(), ".parquet");
  }

  @Test
  void noRowsAreNoExamples() {
    assertThat(load(OTHERS.resolve("pyarrow-empty.parquet")).examples()).isEmpty();
  }

  /** A row whose picture is these bytes, under this path. */
  private static Consumer<Group> picture(String path, String bytes, String caption) {
    return row -> {
      Group image = row.addGroup("image");
      if (bytes != null) {
        image.append("bytes", Binary.fromString("\u0089PNG" + bytes));
      }
      if (path != null) {
        image.append("path", path);
      }
      if (caption != null) {
        row.append("caption", caption);
      }
    };
  }

  private Path write(String name, List<Consumer<Group>> rows) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Parquets.write(file, Parquets.PICTURES + " optional binary caption (STRING);", rows);
  }

  private static List<Consumer<Group>> pictures(String... paths) {
    return Arrays.stream(paths).map(path -> picture(path, path, "of " + path)).toList();
  }

  @Test
  void filesOfAFolderAreOneDataSetAndTheirNamesAreSplits() throws IOException {
    write("data/train-00000-of-00002.parquet", pictures("a", "b"));
    write("data/train-00001-of-00002.parquet", pictures("c"));
    write("data/validation-00000-of-00001.parquet", pictures("d"));
    write("data/test.parquet", pictures("e"));
    write(".cache/old.parquet", pictures("f"));
    Dataset dataset = load(folder, SplitRule.AUTO);
    assertThat(each(dataset, Example::id)).containsExactly("a", "b", "c", "d", "e");
    assertThat(each(dataset, Example::split))
        .containsExactly(Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.VALIDATION, Split.TEST);
    assertThat(each(load(folder.resolve("data/train-*.parquet")), Example::id))
        .containsExactly("a", "b", "c");
    assertThat(each(load(folder.resolve("data/t*{1-of-00002,st}.parquet")), Example::id))
        .containsExactly("c", "e");
  }

  @Test
  void oneNameForAllSplitsNothing() throws IOException {
    write("train-0.parquet", pictures("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    Dataset dataset = load(folder, SplitRule.AUTO);
    assertThat(dataset.has(Split.TEST)).isTrue();
    assertThat(load(folder, SplitRule.GIVEN).split(Split.TRAIN)).hasSize(10);
  }

  @Test
  void filesMustHaveTheSameColumns() throws IOException {
    Path one = write("1.parquet", pictures("a"));
    Path two = folder.resolve("2.parquet");
    Parquets.write(two, Parquets.PICTURES, List.of());
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(one.toString(), two.toString(), "caption");
  }

  @Test
  void repeatedRowsOfAPictureAreOneExample() throws IOException {
    write(
        "a.parquet",
        List.of(
            picture("x.png", "x", "one"),
            picture("y.png", "y", "two"),
            picture("x.png", "x", "three")));
    write("b.parquet", List.of(picture("x.png", "x", "four")));
    Dataset dataset = load(folder);
    assertThat(each(dataset, Example::id)).containsExactly("x.png", "y.png");
    assertThat(dataset.examples().get(0).captions()).containsExactly("one", "three", "four");
    assertThat(dataset.problems()).isEmpty();
  }

  @Test
  void pathsThatNameSeveralPicturesAreNoIds() throws IOException {
    write(
        "a.parquet",
        List.of(
            picture("image.png", "x", "one"),
            picture("image.png", "y", "two"),
            picture("z.png", "z", "three")));
    Dataset dataset = load(folder);
    assertThat(each(dataset, Example::id))
        .containsExactly(
            "a.parquet: image of row 1", "a.parquet: image of row 2", "a.parquet: image of row 3");
    assertThat(each(dataset, Example::caption)).containsExactly("one", "two", "three");
  }

  @Test
  void aPictureWithoutBytesIsTheFileThatItsPathNames() throws IOException {
    Path picture = Files.write(folder.resolve("b.png"), new byte[] {1});
    write(
        "a.parquet",
        List.of(
            picture("a.png", "x", "one"),
            picture("b.png", null, "two"),
            picture("c.png", null, "three"),
            picture(null, null, "four"),
            picture(null, "x", "five")));
    Dataset dataset = load(folder);
    assertThat(each(dataset, Example::id))
        .containsExactly("a.parquet: image of row 5", "a.png", "b.png");
    assertThat(dataset.examples().get(2).picture().file()).isEqualTo(picture);
    assertThat(dataset.skipped()).extracting(Problem::line).containsExactly(3, 4);
  }

  @Test
  void oneOfSeveralColumnsOfPicturesIsNamed() throws IOException {
    Path file = folder.resolve("a.parquet");
    List<Consumer<Group>> rows =
        List.of(
            row ->
                row.append("front", Binary.fromString("GIF8 front"))
                    .append("back", Binary.fromString("GIF8 back")));
    Parquets.write(file, "optional binary front; optional binary back;", rows);
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("data.columns.image", "front", "back");
    Dataset dataset = load(file, "image=back");
    assertThat(dataset.examples().get(0).picture().read(LimitsConfig.DEFAULT))
        .isEqualTo("GIF8 back".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aColumnOfGroupsIsNoText() throws IOException {
    Path file = folder.resolve("a.parquet");
    Parquets.write(
        file,
        Parquets.PICTURES + " optional group labels { optional int32 a; optional int32 b; }",
        List.of());
    assertThat(load(file).examples()).isEmpty();
    assertThatThrownBy(() -> load(file, "category=labels"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(file.toString(), "labels", "groups");
  }

  @Test
  void columnsThatAreNotUsedAreToldOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      Parquets.write(
          folder.resolve(i + ".parquet"),
          Parquets.PICTURES + " optional int32 size;",
          List.of(row -> row.addGroup("image").append("path", "x").append("bytes", "GIF8")));
    }
    assertThat(load(folder).problems())
        .filteredOn(problem -> problem.kind() == Problem.Kind.UNUSED)
        .hasSize(1)
        .allMatch(problem -> problem.message().contains("size"));
  }

  @Test
  void textInPlaceOfAPictureIsNamed() throws IOException {
    Path file = folder.resolve("a.parquet");
    byte[] picture = Files.readAllBytes(OTHERS.resolve("pyarrow.parquet"));
    String base64 = "iVBORw0KGgo" + Base64.getEncoder().encodeToString(picture);
    for (String cell : List.of(base64, "https://shop.example/1.jpg")) {
      Parquets.write(
          file,
          "optional binary image (STRING);",
          List.of(row -> row.append("image", cell), row -> row.append("image", cell)));
      assertThatThrownBy(() -> load(file))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll(
              file.toString(), "row 1", cell.equals(base64) ? "base64" : "download");
    }
  }

  @Test
  void aCellBeyondTheLimitIsSkipped() throws IOException {
    Path file =
        write("a.parquet", List.of(picture("a", "a", "x".repeat(200)), picture("b", "b", "y")));
    DataConfig config =
        Binder.with(
            DataConfigs.parquet(file, SplitRule.RANDOM, TableColumns.DEFAULT), "limits.line=100");
    Dataset dataset = Sources.open(config).load();
    assertThat(each(dataset, Example::id)).containsExactly("b");
    assertThat(dataset.skipped().get(0).message()).contains("200", "data.limits.line", "100");
  }
}
