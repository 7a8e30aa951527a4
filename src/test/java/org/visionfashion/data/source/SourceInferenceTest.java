package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Progress;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;

class SourceInferenceTest {

  @TempDir Path root;

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
}
