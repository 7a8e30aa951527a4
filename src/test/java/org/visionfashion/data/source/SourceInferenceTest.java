package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Progress;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;

class SourceInferenceTest {

  @TempDir Path root;

  @Test
  void aDataSetOfTheHubIsFetchedBefore() {
    DataConfig config = Binder.of(DataConfig.class, "root=hf:datasets/owner/name");
    assertThatThrownBy(() -> Sources.open(config))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("hf:datasets/owner/name", "fetch");
  }

  @Test
  void aTableOrTheOnlyOneInAFolder() throws IOException {
    Path table = file("items.TSV", "image\tcaption\nhat/1.jpg\ta hat\n");
    file("hat/1.jpg", "");
    assertThat(SourceInference.of(table).source()).isEqualTo(Source.CSV);
    assertThat(SourceInference.of(root).source()).isEqualTo(Source.CSV);
    assertThat(SourceInference.of(root).reason()).contains("items.TSV");
    assertThat(Sources.open(DataConfigs.auto(root)).load().examples()).hasSize(1);
    file("more.csv", "image\n");
    refuses(root, "items.TSV, more.csv");
  }

  @Test
  void classFoldersWithAndWithoutSplits() throws IOException {
    file("train/hat/1.jpg", "");
    file("README.md", "");
    assertThat(SourceInference.of(root).source()).isEqualTo(Source.FOLDER);
    Path train = root.resolve("train");
    Files.move(train.resolve("hat/1.jpg"), train.resolve("hat/1.heic"));
    assertThatThrownBy(() -> Sources.open(DataConfigs.auto(root)).load())
        .hasMessageContaining("1.heic");
  }

  @Test
  void theLayoutOfDeepFashionAndADemoThatIsReadButNeverDrawn() throws IOException {
    DemoSpec spec = new DemoSpec(4, 1, 32);
    DemoGenerator.draw(root, spec, 1, Progress.NONE);
    SourceInference demo = SourceInference.of(root);
    assertThat(demo.source()).isEqualTo(Source.DEEPFASHION);
    assertThat(demo.reason()).contains("demo");
    Dataset data = Sources.open(DataConfigs.auto(root)).load();
    assertThat(data.name()).isEqualTo("demo");
    Files.delete(root.resolve("demo.json"));
    assertThat(SourceInference.of(root).reason()).contains("DeepFashion");
    assertThat(Sources.open(DataConfigs.auto(root)).load().fingerprint())
        .isEqualTo(data.fingerprint());
  }

  @Test
  void whatFitsNothingIsRefusedAndLeftAsItIs() throws IOException {
    refuses(root.resolve("none"), "no such file");
    refuses(root, "cannot tell");
    refuses(file("notes.txt", "x"), "neither");
    file("captions.json", "{}");
    file("loose.jpg", "");
    file(".git/objects/x.jpg", "");
    refuses(root, "images/");
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).hasSize(4);
    }
    file("base.sqlite", "SQLite format 3\0");
    refuses(root, "base.sqlite: this is a SQLite database");
  }

  /** A name without a wildcard is no pattern, whatever its ending. */
  @ParameterizedTest
  @ValueSource(strings = {"none.csv", "none.jsonl", "none.parquet", "none.tar", "none"})
  void whatIsNotThereIsNotTakenForAPattern(String name) {
    refuses(root.resolve(name), "no such file or folder");
  }

  private static void refuses(Path root, String why) {
    assertThatThrownBy(() -> SourceInference.of(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void shardsAreRecognised() throws IOException {
    Path shard =
        Files.write(Files.createDirectories(root.resolve("a")).resolve("0.tar"), new byte[0]);
    Files.writeString(root.resolve("a/0_stats.json"), "{}");
    assertThat(SourceInference.of(shard).source()).isEqualTo(Source.WEBDATASET);
    assertThat(SourceInference.of(root.resolve("a")).source()).isEqualTo(Source.WEBDATASET);
    for (String pattern : List.of("a/{0..9}.tar", "a/*.tar", "a/0.tar::/b/{0..3}.tar")) {
      assertThat(SourceInference.of(root.resolve(pattern)).source())
          .as(pattern)
          .isEqualTo(Source.WEBDATASET);
    }
    Files.write(Files.createDirectories(root.resolve("b/train")).resolve("0.tar.gz"), new byte[0]);
    assertThat(SourceInference.of(root.resolve("b")).source()).isEqualTo(Source.WEBDATASET);
    Files.write(Files.createDirectories(root.resolve("b/dress")).resolve("1.jpg"), new byte[0]);
    assertThatThrownBy(() -> SourceInference.of(root.resolve("b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(".tar");
  }

  @Test
  void foldersOfImg2datasetAreNoClasses() throws IOException {
    Path numbered = Files.createDirectories(root.resolve("i/00000"));
    Path flat = Files.createDirectories(root.resolve("f"));
    Path classes = Files.createDirectories(root.resolve("c/dress"));
    for (Path folder : List.of(numbered, flat, classes)) {
      for (String name : List.of("1.jpg", "1.txt", "2.jpg", "2.json", "3.jpg")) {
        Files.write(folder.resolve(name), new byte[0]);
      }
    }
    assertThat(SourceInference.of(root.resolve("i")).source()).isEqualTo(Source.WEBDATASET);
    assertThat(SourceInference.of(flat).source()).isEqualTo(Source.WEBDATASET);
    assertThat(SourceInference.of(root.resolve("c")).source()).isEqualTo(Source.FOLDER);
    Files.delete(numbered.resolve("1.txt"));
    assertThat(SourceInference.of(root.resolve("i")).source()).isEqualTo(Source.FOLDER);
  }

  @Test
  void parquetFilesAreRecognised() throws IOException {
    Path file = Files.createDirectories(root.resolve("p/data")).resolve("train-0.parquet");
    Files.write(file, new byte[0]);
    Files.writeString(root.resolve("p/README.md"), "");
    for (String place : List.of("p", "p/data", "p/data/train-0.parquet", "p/data/*.parquet")) {
      assertThat(SourceInference.of(root.resolve(place)).source())
          .as(place)
          .isEqualTo(Source.PARQUET);
    }
    Files.write(root.resolve("p/00000.tar"), new byte[0]);
    assertThat(SourceInference.of(root.resolve("p")).source()).isEqualTo(Source.WEBDATASET);
  }
}
